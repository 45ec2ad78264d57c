package dev.tally.analysis;

import dev.tally.network.ActivationFunction;

/** Each activation on one element, step by step. */
final class SteppedFunctions {
    private final Steps steps;

    SteppedFunctions(Steps steps) {
        this.steps = steps;
    }

    void apply(ActivationFunction function) {
        switch (function) {
            case RELU, THRESHOLD -> steps.compare();
            case RELU6, HARD_TANH, HARD_SHRINK -> compareTwice();
            case LEAKY_RELU -> {
                steps.compare();
                steps.multiply();
            }
            case HARD_SIGMOID -> hardSigmoid();
            case HARD_SWISH -> {
                hardSigmoid();
                steps.multiply();
            }
            case SOFT_SHRINK -> {
                compareTwice();
                steps.add();
            }
            case ELU -> exponentialBelowZero();
            case SELU -> {
                exponentialBelowZero();
                steps.multiply(); // α
                steps.multiply(); // λ
            }
            case CELU -> {
                steps.divide(); // x / α
                exponentialBelowZero();
                steps.multiply(); // α
            }
            case SIGMOID -> sigmoid();
            case LOG_SIGMOID, SOFTPLUS -> softplus();
            case TANH -> tanh();
            case TANH_SHRINK -> {
                tanh();
                steps.add();
            }
            case SILU -> {
                sigmoid();
                steps.multiply();
            }
            case GELU -> {
                steps.multiply(); // x / √2
                steps.applyErrorFunction();
                steps.add(); // 1 + …
                steps.multiply(); // x / 2
                steps.multiply();
            }
            case GELU_TANH -> {
                steps.multiply(); // x²
                steps.multiply(); // x³
                steps.multiply(); // 0.044715 · x³
                steps.add(); // x + …
                steps.multiply(); // √(2/π) · …
                tanh();
                steps.add(); // 1 + …
                steps.multiply(); // x / 2
                steps.multiply();
            }
            case MISH -> {
                softplus();
                tanh();
                steps.multiply();
            }
            case SOFTSIGN -> {
                steps.compare(); // |x|
                steps.add();
                steps.divide();
            }
            case SQUAREPLUS -> {
                steps.multiply(); // x²
                steps.add(); // + b
                steps.raise(); // √
                steps.add(); // x + …
                steps.multiply(); // / 2
            }
            case EXPONENTIAL -> steps.exponentiate();
        }
    }

    private void compareTwice() {
        steps.compare();
        steps.compare();
    }

    private void hardSigmoid() {
        steps.multiply(); // by 1/6
        steps.add(); // 1/2
        compareTwice();
    }

    private void exponentialBelowZero() {
        steps.compare();
        steps.exponentiate();
        steps.add(); // - 1
    }

    void sigmoid() {
        steps.exponentiate();
        steps.add();
        steps.divide();
    }

    private void tanh() {
        steps.multiply(); // 2x
        sigmoid();
        steps.add(); // 1 - …
    }

    private void softplus() {
        steps.exponentiate();
        steps.add();
        steps.takeLogarithm();
    }
}

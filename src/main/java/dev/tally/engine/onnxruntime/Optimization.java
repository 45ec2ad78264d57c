package dev.tally.engine.onnxruntime;

import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;

/** How far ONNX Runtime rewrites a graph before it runs it. */
public enum Optimization {
    /** Not at all: every layer is a kernel of its own. */
    NONE("none", OptLevel.NO_OPT),
    /** Constants folded, what does nothing removed. */
    BASIC("basic", OptLevel.BASIC_OPT),
    /** Layers fused as well. */
    EXTENDED("extended", OptLevel.EXTENDED_OPT),
    /** Also laid out in memory as the kernels like it: what ONNX Runtime does where nobody chooses. */
    ALL("all", OptLevel.ALL_OPT);

    private final String id;
    private final OptLevel level;

    Optimization(String id, OptLevel level) {
        this.id = id;
        this.level = level;
    }

    /** {@return the name in statuses} */
    public String id() {
        return id;
    }

    /** {@return ONNX Runtime's name for it} */
    OptLevel level() {
        return level;
    }
}

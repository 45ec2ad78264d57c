/**
 * Loops on raw numbers that run as fast as the machine can. With the packages inside of it the only one that uses the
 * incubating vector module; where the service runs without that module, plain loops stand in and say so.
 *
 * <p>Here are the loops that tell what a machine reaches. {@code kernel.convolution} has the algorithms of
 * convolutions, {@code kernel.operator} the other layers, {@code kernel.emit} the kernels of both, written as classes
 * while the service runs, on {@code kernel.memory}; {@code kernel.parallel} shares their work among threads.
 *
 * <p>Uses the JDK alone.
 */
@NullMarked
package dev.tally.kernel;

import org.jspecify.annotations.NullMarked;

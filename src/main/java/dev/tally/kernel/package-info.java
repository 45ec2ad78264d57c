/**
 * Loops on raw numbers that run as fast as the machine can. The only package that imports the incubating vector module;
 * where the service runs without that module, plain loops stand in and say so.
 *
 * <p>Uses the JDK alone.
 */
@NullMarked
package dev.tally.kernel;

import org.jspecify.annotations.NullMarked;

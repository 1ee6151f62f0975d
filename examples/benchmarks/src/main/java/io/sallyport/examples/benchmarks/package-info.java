/** What the guards cost, measured with JMH beside doing nothing and beside their peers. */
@NullMarked
package io.sallyport.examples.benchmarks;

import org.jspecify.annotations.NullMarked;

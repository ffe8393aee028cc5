// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.yaml;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says how a definition record is written. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Form {
  /** What messages call it, such as "a metric". */
  String value();

  /** The key that a text in place of the mapping stands for; none when empty. */
  String shorthand() default "";

  /** Whether unknown keys are somebody else's, and not errors. */
  boolean open() default false;
}

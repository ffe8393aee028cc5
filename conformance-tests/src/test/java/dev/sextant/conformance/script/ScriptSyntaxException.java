// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.script;

/** A script that is not one. */
public final class ScriptSyntaxException extends RuntimeException {

  ScriptSyntaxException(String script, int line, String problem) {
    super(script + ":" + line + ": " + problem);
  }
}

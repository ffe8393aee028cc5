// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads JSON into maps, lists, strings, {@link BigDecimal}s and booleans; null is an empty Optional. */
public final class JsonReader {
  private static final int DEEPEST = 50;

  private final String text;
  private int at;
  private int depth;

  private JsonReader(String text) {
    this.text = text;
  }

  /** Reads a text; empty if it is no JSON. */
  public static Optional<Object> read(String text) {
    try {
      JsonReader reader = new JsonReader(text);
      Object value = reader.value();
      reader.space();
      return reader.at == text.length() ? Optional.of(value) : Optional.empty();
    } catch (IllegalArgumentException | IndexOutOfBoundsException malformed) {
      return Optional.empty();
    }
  }

  /** The member of an object, if there is one of that class. */
  public static <T> Optional<T> member(Object object, String name, Class<T> type) {
    Object value = object instanceof Map ? ((Map<?, ?>) object).get(name) : null;
    return type.isInstance(value) ? Optional.of(type.cast(value)) : Optional.empty();
  }

  private Object value() {
    space();
    switch (text.charAt(at)) {
      case '{' :
        return object();
      case '[' :
        return array();
      case '"' :
        return string();
      case 't' :
        return word("true", true);
      case 'f' :
        return word("false", false);
      case 'n' :
        return word("null", Optional.empty());
      default :
        return number();
    }
  }

  private Map<String, Object> object() {
    enter();
    Map<String, Object> members = new LinkedHashMap<>();
    at++;
    space();
    while (text.charAt(at) != '}') {
      String name = string();
      expect(':');
      members.put(name, value());
      space();
      if (text.charAt(at) == '}') {
        break;
      }
      expect(',');
      space();
    }
    at++;
    depth--;
    return members;
  }

  private List<Object> array() {
    enter();
    List<Object> items = new ArrayList<>();
    at++;
    space();
    while (text.charAt(at) != ']') {
      items.add(value());
      space();
      if (text.charAt(at) == ']') {
        break;
      }
      expect(',');
    }
    at++;
    depth--;
    return items;
  }

  private void enter() {
    if (++depth > DEEPEST) {
      throw new IllegalArgumentException("too deep");
    }
  }

  private String string() {
    expect('"');
    StringBuilder out = new StringBuilder();
    for (char c = text.charAt(at++); c != '"'; c = text.charAt(at++)) {
      out.append(c == '\\' ? escaped() : c);
    }
    return out.toString();
  }

  private char escaped() {
    char c = text.charAt(at++);
    switch (c) {
      case 'n' :
        return '\n';
      case 't' :
        return '\t';
      case 'r' :
        return '\r';
      case 'b' :
        return '\b';
      case 'f' :
        return '\f';
      case 'u' :
        at += 4;
        return (char) Integer.parseInt(text.substring(at - 4, at), 16);
      default :
        return c;
    }
  }

  private Object word(String word, Object value) {
    if (!text.startsWith(word, at)) {
      throw new IllegalArgumentException("no value at " + at);
    }
    at += word.length();
    return value;
  }

  private BigDecimal number() {
    int start = at;
    while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return new BigDecimal(text.substring(start, at));
  }

  private void expect(char wanted) {
    space();
    if (text.charAt(at++) != wanted) {
      throw new IllegalArgumentException("no " + wanted + " at " + at);
    }
  }

  private void space() {
    while (at < text.length() && text.charAt(at) <= ' ') {
      at++;
    }
  }
}

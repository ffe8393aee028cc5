// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.time;

import dev.sextant.model.Calendar;
import dev.sextant.model.DataType;
import dev.sextant.model.Expr;
import dev.sextant.model.TimeGrain;
import dev.sextant.query.ItemName;
import dev.sextant.query.bind.TimeTexts;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Turns filters over names into conditions over columns. Comparisons of a truncated time with a constant become half-open ranges of the raw
 * column, so that partitions prune on every engine, and time zones are converted on the constants.
 */
public final class FilterExprs {
  private static final Map<String, String> MIRRORED = new java.util.LinkedHashMap<>();

  static {
    MIRRORED.put("=", "=");
    MIRRORED.put("<>", "<>");
    MIRRORED.put("<", ">");
    MIRRORED.put("<=", ">=");
    MIRRORED.put(">", "<");
    MIRRORED.put(">=", "<=");
  }

  private final Planning planning;
  private final Function<Expr, Optional<Slot>> slots;

  /** {@code slots} resolves columns and metrics in braces; it gives nothing for other nodes. */
  public FilterExprs(Planning planning, Function<Expr, Optional<Slot>> slots) {
    this.planning = planning;
    this.slots = slots;
  }

  public Expr translate(Expr filter) {
    Optional<Slot> slot = slots.apply(filter);
    if (slot.isPresent()) {
      return slot.get().expr(planning);
    }
    return switch (filter) {
      case Expr.Call call -> ranged(call).orElseGet(
          () -> new Expr.Call(call.operator(), call.arguments().stream().map(this::translate).toList(), call.at()));
      case Expr.Case choice -> new Expr.Case(
          choice.whens().stream().map(when -> new Expr.When(translate(when.condition()), translate(when.result()))).toList(),
          choice.otherwise().map(this::translate));
      case Expr.Cast cast -> new Expr.Cast(translate(cast.value()), cast.type());
      case Expr.Literal literal -> literal;
      case Expr.Interval interval -> interval;
      case Expr.Column column -> column;
      case Expr.Member member -> member;
    };
  }

  private Optional<Expr> ranged(Expr.Call call) {
    List<Expr> arguments = call.arguments();
    if (call.operator().equals("between") && arguments.size() == 3) {
      Optional<Expr> low = compared(arguments.get(0), ">=", arguments.get(1));
      Optional<Expr> high = compared(arguments.get(0), "<=", arguments.get(2));
      return low.isPresent() && high.isPresent() ? Optional.of(Expr.call("and", low.get(), high.get())) : Optional.empty();
    }
    if (!MIRRORED.containsKey(call.operator()) || arguments.size() != 2) {
      return Optional.empty();
    }
    return compared(arguments.get(0), call.operator(), arguments.get(1))
        .or(() -> compared(arguments.get(1), MIRRORED.getOrDefault(call.operator(), "="), arguments.get(0)));
  }

  private Optional<Expr> compared(Expr side, String operator, Expr constant) {
    Optional<Slot.Truncated> time = truncated(side);
    Optional<LocalDateTime> value = time.isPresent() ? constant(constant) : Optional.empty();
    return value.flatMap(instant -> range(time.orElseThrow(), operator, instant));
  }

  /** A truncated time, also through casts that do not change it. */
  private Optional<Slot.Truncated> truncated(Expr side) {
    if (side instanceof Expr.Cast cast) {
      return truncated(cast.value()).filter(time -> cast.type().kind() == DataType.Kind.TIMESTAMP
          || cast.type().kind() == DataType.Kind.DATE && !time.grain().isFinerThan(TimeGrain.DAY));
    }
    return slots.apply(side).filter(Slot.Truncated.class::isInstance).map(Slot.Truncated.class::cast);
  }

  private Optional<LocalDateTime> constant(Expr expr) {
    if (expr instanceof Expr.Cast cast && cast.type().isTemporal()) {
      return constant(cast.value());
    }
    if (!(expr instanceof Expr.Literal literal)) {
      return Optional.empty();
    }
    return switch (literal.type().kind()) {
      case STRING, DATE, TIMESTAMP, TIMESTAMP_TZ -> Optional.of(TimeTexts.instant(literal.text(), planning.zone()));
      case NULL, BOOLEAN, INTEGER, BIGINT, DECIMAL, DOUBLE, TIME, INTERVAL, BINARY, OTHER -> Optional.empty();
    };
  }

  private Optional<Expr> range(Slot.Truncated slot, String operator, LocalDateTime value) {
    Calendar calendar = planning.model().calendar();
    TimeGrain grain = slot.grain();
    LocalDateTime ceiling = Times.ceiling(value, grain, calendar);
    LocalDateTime next = Times.plus(Times.floor(value, grain, calendar), 1, grain);
    return switch (operator) {
      case ">=" -> Optional.of(bound(slot.time(), ">=", ceiling));
      case ">" -> Optional.of(bound(slot.time(), ">=", next));
      case "<" -> Optional.of(bound(slot.time(), "<", ceiling));
      case "<=" -> Optional.of(bound(slot.time(), "<", next));
      case "=" ->
          Optional.of(Expr.call("and", bound(slot.time(), ">=", ceiling), bound(slot.time(), "<", value.equals(ceiling) ? next : ceiling)));
      default -> Optional.empty();
    };
  }

  /** Compares a raw time column with a time of the asked zone. */
  public Expr bound(TimeColumn time, String operator, LocalDateTime local) {
    boolean converts = time.stored() && planning.convertsZones(time.grain());
    ZoneId stored = planning.model().calendar().zone();
    LocalDateTime value = converts ? local.atZone(planning.zone()).withZoneSameInstant(stored).toLocalDateTime() : local;
    return value.isAfter(Times.LAST)
        // Nothing comes after the last instant, so that "before 10000" is "until the last instant", and "from 10000 on" is "after it".
        ? Expr.call(operator.equals("<") ? "<=" : ">", time.column(), Times.literal(Times.LAST))
        : Expr.call(operator, time.column(), Times.literal(value));
  }

  /** The names of items in a filter, as columns hold them. */
  public static List<ItemName> items(Expr filter, Planning planning) {
    List<ItemName> names = new java.util.ArrayList<>();
    filter.visit(node -> {
      if (node instanceof Expr.Column column) {
        names.add(ItemName.parse(column.name(), planning.model()));
      }
    });
    return names;
  }
}

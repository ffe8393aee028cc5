// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.answer;

import java.time.LocalDate;

/** Appends dates and times as ISO 8601 without making objects for the years 0 to 9999. */
final class IsoText {
  private static final long FIRST_PLAIN_DAY = LocalDate.of(0, 1, 1).toEpochDay();
  private static final long LAST_PLAIN_DAY = LocalDate.of(9999, 12, 31).toEpochDay();
  private static final int SECONDS_PER_DAY = 86_400;
  private static final int DAYS_PER_ERA = 146_097;
  private static final int DAYS_BEFORE_1970 = 719_468;

  private IsoText() {}

  static void date(long epochDay, ByteText out) {
    if (epochDay < FIRST_PLAIN_DAY || epochDay > LAST_PLAIN_DAY) {
      out.ascii(LocalDate.ofEpochDay(epochDay).toString());
      return;
    }
    // Years are counted from 1 March, so that the leap day is the last of its year and months follow one formula.
    long shifted = epochDay + DAYS_BEFORE_1970;
    long era = Math.floorDiv(shifted, DAYS_PER_ERA);
    int dayOfEra = (int) (shifted - era * DAYS_PER_ERA);
    int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int monthFromMarch = (5 * dayOfYear + 2) / 153;
    int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
    out.padded(era * 400 + yearOfEra + (month <= 2 ? 1 : 0), 4);
    out.put('-');
    out.twoDigits(month);
    out.put('-');
    out.twoDigits(dayOfYear - (153 * monthFromMarch + 2) / 5 + 1);
  }

  /** Appends a timestamp given in units of which a second has {@code perSecond}. */
  static void timestamp(long value, long perSecond, ByteText out) {
    long second = Math.floorDiv(value, perSecond);
    date(Math.floorDiv(second, SECONDS_PER_DAY), out);
    out.put('T');
    clock(Math.floorMod(second, SECONDS_PER_DAY), Math.floorMod(value, perSecond), perSecond, out);
  }

  /** Appends a timestamp with a blank between date and time; midnight is left out, as periods begin there. */
  static void forPeople(long value, long perSecond, ByteText out) {
    long perDay = SECONDS_PER_DAY * perSecond;
    date(Math.floorDiv(value, perDay), out);
    long inDay = Math.floorMod(value, perDay);
    if (inDay != 0) {
      out.put(' ');
      time(inDay, perSecond, out);
    }
  }

  /** Appends a time of day given in units of which a second has {@code perSecond}. */
  static void time(long value, long perSecond, ByteText out) {
    clock((int) (value / perSecond), value % perSecond, perSecond, out);
  }

  private static void clock(int secondOfDay, long fraction, long perSecond, ByteText out) {
    out.twoDigits(secondOfDay / 3600);
    out.put(':');
    out.twoDigits(secondOfDay / 60 % 60);
    out.put(':');
    out.twoDigits(secondOfDay % 60);
    if (fraction != 0) {
      out.put('.');
      fraction(fraction, perSecond, out);
    }
  }

  /** As many digits as hold the value, so that .010 is .01. */
  private static void fraction(long value, long perSecond, ByteText out) {
    long rest = value;
    int digits = perSecond == 1_000 ? 3 : perSecond == 1_000_000 ? 6 : 9;
    while (rest % 10 == 0) {
      rest /= 10;
      digits--;
    }
    out.padded(rest, digits);
  }
}

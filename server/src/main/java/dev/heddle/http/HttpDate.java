package dev.heddle.http;

import java.time.LocalDateTime;
import java.time.ZoneOffset;

/// The time as HTTP writes it (RFC 9110, section 5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`.
///
/// **Thread-safe.** The text is made once a second, whoever asks first; without the JDK's
/// formatters, which would load their texts on the thread of some connection.
final class HttpDate {
    private static final String[] DAYS = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    private static final String[] MONTHS = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };

    private record Second(long epoch, String text) {}

    private static volatile Second last = new Second(0, text(0));

    private HttpDate() {}

    /// The text of this second.
    static String now() {
        long epoch = System.currentTimeMillis() / 1_000;
        Second known = last;
        if (known.epoch != epoch) {
            known = new Second(epoch, text(epoch));
            last = known;
        }
        return known.text;
    }

    static String text(long epochSecond) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(epochSecond, 0, ZoneOffset.UTC);
        return DAYS[time.getDayOfWeek().getValue() - 1]
                + ", "
                + twoDigits(time.getDayOfMonth())
                + ' '
                + MONTHS[time.getMonthValue() - 1]
                + ' '
                + time.getYear()
                + ' '
                + twoDigits(time.getHour())
                + ':'
                + twoDigits(time.getMinute())
                + ':'
                + twoDigits(time.getSecond())
                + " GMT";
    }

    private static String twoDigits(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }
}

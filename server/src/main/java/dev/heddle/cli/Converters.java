package dev.heddle.cli;

import dev.heddle.config.DrainTime;
import dev.heddle.config.Printable;
import dev.heddle.config.Units;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.net.Inet6Address;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// The values that options of commands take. Each names what it takes as the end of a sentence that
/// begins with the option's name.
final class Converters {
    private Converters() {}

    /// Some text.
    static final class Text implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            if (text.isEmpty()) {
                throw new TypeConversionException("must not be empty");
            }
            return text;
        }
    }

    /// A name or an address of a machine.
    static final class HostName implements ITypeConverter<String> {
        private static final String LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
        private static final Pattern NAME =
                Pattern.compile("(\\*\\.)?" + LABEL + "(\\." + LABEL + ")*");
        private static final int MAX_CHARS = 253;

        @Override
        public String convert(String text) {
            boolean isHost = text.contains(":") ? isIpv6(text) : NAME.matcher(text).matches();
            if (!isHost || text.length() > MAX_CHARS) {
                throw refusal("a name or an address such as chat.example.com or ::1", text);
            }
            return text;
        }

        private static boolean isIpv6(String text) {
            try {
                return text.matches("[0-9a-fA-F:.]+") && Inet6Address.ofLiteral(text) != null;
            } catch (IllegalArgumentException none) {
                return false;
            }
        }
    }

    /// The id of a connection.
    static final class ConnectionId implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            if (!text.matches("[0-9]{1,18}")) {
                throw refusal("a number such as 17", text);
            }
            return text;
        }
    }

    /// How long to record.
    static final class Seconds implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return upTo(300, text);
        }
    }

    /// How many connections to show.
    static final class Rows implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return upTo(1_000, text);
        }
    }

    /// How many connections to hold.
    static final class Goal implements ITypeConverter<Long> {
        private static final long MOST = 1_000_000_000;

        @Override
        public Long convert(String text) {
            long goal = text.matches("[0-9]{1,10}") ? Long.parseLong(text) : 0;
            if (goal < 1 || goal > MOST) {
                throw refusal("a number such as 1000000", text);
            }
            return goal;
        }
    }

    /// How long a token is believed.
    static final class Life implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return Units.OF_TIME
                    .parse(text)
                    .map(Duration::ofMillis)
                    .filter(life -> life.toSeconds() > 0)
                    .orElseThrow(() -> refusal("a duration such as 30m or 24h", text));
        }
    }

    /// Over how long clients are sent away.
    static final class Spread implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return DrainTime.parse(text).orElseThrow(() -> refusal(DrainTime.TAKEN, text));
        }
    }

    /// The rooms that a token allows.
    static final class Rooms implements ITypeConverter<TokenCommand.Rooms> {
        @Override
        public TokenCommand.Rooms convert(String text) {
            try {
                List<String> ids = Arrays.asList(text.split(","));
                return new TokenCommand.Rooms(
                        ids.stream().map(String::strip).map(Integer::valueOf).toList());
            } catch (NumberFormatException none) {
                throw refusal("numbers such as 101,102", text);
            }
        }
    }

    private static int upTo(int most, String text) {
        if (!text.matches("[1-9][0-9]{0,3}") || Integer.parseInt(text) > most) {
            throw refusal("a number from 1 to " + most, text);
        }
        return Integer.parseInt(text);
    }

    private static TypeConversionException refusal(String taken, String text) {
        return new TypeConversionException(
                "takes " + taken + ", not \"" + Printable.of(text) + '"');
    }
}

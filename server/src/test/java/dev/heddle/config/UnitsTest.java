package dev.heddle.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Optional;

class UnitsTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "65536, 65536",
        "512B, 512",
        "64KiB, 65536",
        "64 KiB, 65536",
        "1MiB, 1048576",
        "2GiB, 2147483648",
        "0007B, 7",
        "8589934591GiB, 9223372035781033984",
    })
    void readsASize(String text, long bytes) {
        assertEquals(Optional.of(bytes), Units.OF_SIZE.parse(text));
    }

    @ParameterizedTest
    @CsvSource({"1ms, 1", "25s, 25000", "2m, 120000", "1h, 3600000", "0s, 0", "0ms, 0"})
    void readsATime(String text, long millis) {
        assertEquals(Optional.of(millis), Units.OF_TIME.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "KiB",
                "-1",
                "+1",
                "1.5MiB",
                "1_000",
                "64KB",
                "64K",
                "64kib",
                "64  KiB",
                " 64KiB",
                "64KiB ",
                "0x10",
                "\u0661KiB",
                "1m30s",
                "8589934592GiB",
                "9999999999999999999",
            })
    void refusesWhatIsNoSize(String text) {
        assertEquals(Optional.empty(), Units.OF_SIZE.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "25", "25S", "25sec", "1.5s", "1m30s", "PT5S", "1d", "s"})
    void refusesWhatIsNoTime(String text) {
        assertEquals(Optional.empty(), Units.OF_TIME.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1B",
        "1023, 1023B",
        "1024, 1KiB",
        "1536, 1536B",
        "1048576, 1MiB",
        "3221225472, 3GiB",
    })
    void writesASizeInTheLargestUnitThatIsExact(long bytes, String text) {
        assertEquals(text, Units.OF_SIZE.format(bytes));
        assertEquals(Optional.of(bytes), Units.OF_SIZE.parse(text));
    }
}

package dev.heddle.bench.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class JvmTest {
    private static final long KIB = 1024;

    @Test
    void readsG1() {
        String info =
                """
                 garbage-first heap   total reserved 6127616K, committed 385024K, used 21504K [0x0, 0x1)
                  region size 4096K, 5 young (20480K), 0 survivors (0K)
                 Metaspace       used 6401K, committed 6592K, reserved 1114112K
                  class space    used 675K, committed 768K, reserved 1048576K
                """;
        assertEquals(21504 * KIB, Jvm.heapUsedBytes(info));
    }

    @Test
    void addsTheGenerationsOfSerialAndParallel() {
        String info =
                """
                 def new generation   total 118016K, used 8400K [0x0, 0x1, 0x2)
                  eden space 104960K,   8% used [0x0, 0x1, 0x2)
                  from space 13056K,   0% used [0x0, 0x1, 0x2)
                 tenured generation   total 262144K, used 1024K [0x0, 0x1, 0x2)
                 Metaspace       used 1M, committed 6592K, reserved 1114112K
                """;
        assertEquals(9424 * KIB, Jvm.heapUsedBytes(info));
    }

    @Test
    void readsZ() {
        String info =
                """
                 ZHeap           used 26M, capacity 374M, max capacity 5984M
                 Metaspace       used 6401K, committed 6592K, reserved 1114112K
                """;
        assertEquals(26 * KIB * KIB, Jvm.heapUsedBytes(info));
    }
}

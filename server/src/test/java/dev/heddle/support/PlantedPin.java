package dev.heddle.support;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.locks.LockSupport;

/// Virtual threads that hold their carriers on purpose.
final class PlantedPin {
    /// Waits while its class is initialized: the JVM has a frame on the thread's stack.
    static final class OfAClass {
        static final int WOKEN = waits();

        private OfAClass() {}
    }

    /// The same in another class.
    static final class OfAnotherClass {
        static final int WOKEN = waits();

        private OfAnotherClass() {}
    }

    private PlantedPin() {}

    private static int waits() {
        LockSupport.parkNanos(1);
        return 1;
    }

    /// Waits in a function that C calls, here to compare what it sorts.
    @SuppressWarnings("restricted") // which is what this is about
    static void wait(Arena arena) throws Throwable {
        Linker linker = Linker.nativeLinker();
        MethodHandle sort =
                linker.downcallHandle(
                        linker.defaultLookup().findOrThrow("qsort"),
                        FunctionDescriptor.ofVoid(
                                ValueLayout.ADDRESS,
                                ValueLayout.JAVA_LONG,
                                ValueLayout.JAVA_LONG,
                                ValueLayout.ADDRESS));
        MethodHandle compare =
                MethodHandles.lookup()
                        .findStatic(
                                PlantedPin.class,
                                "compare",
                                MethodType.methodType(
                                        int.class, MemorySegment.class, MemorySegment.class));
        MemorySegment callback =
                linker.upcallStub(
                        compare,
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS),
                        arena);
        sort.invokeExact(arena.allocate(2), 2L, 1L, callback);
    }

    /// What C calls.
    static int compare(MemorySegment one, MemorySegment other) {
        return waits() - 1;
    }
}

package dev.heddle.support;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.stream.Stream;

/// The virtual threads of this process, which only the JDK's own dump finds otherwise.
///
/// The tests run with `--add-exports=java.base/jdk.internal.vm=ALL-UNNAMED` for this
/// (`heddle.test.jvm` in the POM).
final class VirtualThreads {
    private static final String CONTAINER = "jdk.internal.vm.ThreadContainer";
    private static final MethodHandle ROOT;
    private static final MethodHandle CHILDREN;
    private static final MethodHandle THREADS;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            Class<?> container = Class.forName(CONTAINER);
            MethodType stream = MethodType.methodType(Stream.class);
            ROOT =
                    lookup.findStatic(
                            Class.forName(CONTAINER + "s"),
                            "root",
                            MethodType.methodType(container));
            CHILDREN = lookup.findVirtual(container, "children", stream);
            THREADS = lookup.findVirtual(container, "threads", stream);
        } catch (ReflectiveOperationException hidden) {
            throw new ExceptionInInitializerError(hidden);
        }
    }

    private VirtualThreads() {}

    /// All that have begun and not ended.
    static Stream<Thread> all() {
        try {
            return within(ROOT.invoke()).filter(Thread::isVirtual);
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Stream<Thread> within(Object container) {
        try {
            Stream<?> children = (Stream<?>) CHILDREN.invoke(container);
            Stream<?> threads = (Stream<?>) THREADS.invoke(container);
            return Stream.concat(
                    threads.map(Thread.class::cast), children.flatMap(VirtualThreads::within));
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

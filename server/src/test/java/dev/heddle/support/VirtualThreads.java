package dev.heddle.support;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.stream.Stream;

/// The virtual threads of this process, which only the JDK's own dump finds otherwise.
///
/// The build runs tests with `--add-exports=java.base/jdk.internal.vm=ALL-UNNAMED` for this.
/// Without it none are found, and `LeakCheckTest` fails.
final class VirtualThreads {
    private static final @Nullable VirtualThreads FOUND = find();

    private final MethodHandle root;
    private final MethodHandle children;
    private final MethodHandle threads;

    private VirtualThreads() throws ReflectiveOperationException {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        Class<?> container = Class.forName("jdk.internal.vm.ThreadContainer");
        MethodType stream = MethodType.methodType(Stream.class);
        root =
                lookup.findStatic(
                        Class.forName("jdk.internal.vm.ThreadContainers"),
                        "root",
                        MethodType.methodType(container));
        children = lookup.findVirtual(container, "children", stream);
        threads = lookup.findVirtual(container, "threads", stream);
    }

    private static @Nullable VirtualThreads find() {
        try {
            return new VirtualThreads();
        } catch (ReflectiveOperationException hidden) {
            System.err.println("LeakCheck does not see virtual threads: " + hidden);
            return null;
        }
    }

    /// All that have begun and not ended.
    static Stream<Thread> all() {
        return FOUND == null
                ? Stream.empty()
                : FOUND.within(call(FOUND.root)).filter(Thread::isVirtual);
    }

    private Stream<Thread> within(Object container) {
        Stream<?> own = (Stream<?>) call(threads, container);
        Stream<?> below = (Stream<?>) call(children, container);
        return Stream.concat(own.map(Thread.class::cast), below.flatMap(this::within));
    }

    private static Object call(MethodHandle method, Object... arguments) {
        try {
            return method.invokeWithArguments(arguments);
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

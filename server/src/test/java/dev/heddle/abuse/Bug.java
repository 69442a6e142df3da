package dev.heddle.abuse;

import java.util.function.Supplier;

/// What can go wrong in a handler.
enum Bug {
    RUNTIME_EXCEPTION(() -> new IllegalStateException("on purpose")),
    OUT_OF_MEMORY(() -> new OutOfMemoryError("on purpose")),
    STACK_OVERFLOW(() -> new StackOverflowError("on purpose")),
    LINKAGE(() -> new NoClassDefFoundError("on purpose"));

    @SuppressWarnings("ImmutableEnumChecker") // a lambda that holds nothing
    private final Supplier<Throwable> bug;

    Bug(Supplier<Throwable> bug) {
        this.bug = bug;
    }

    /// Lets it happen.
    void happen() {
        switch (bug.get()) {
            case Error error -> throw error;
            case RuntimeException exception -> throw exception;
            case Throwable other -> throw new IllegalStateException(other);
        }
    }
}

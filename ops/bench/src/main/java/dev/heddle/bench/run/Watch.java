package dev.heddle.bench.run;

import dev.heddle.bench.sample.Reading;
import dev.heddle.bench.sample.ServerSampler;

import org.jspecify.annotations.Nullable;

import java.util.OptionalLong;

/// What is read of the server at the turns of a run; all zeros when nobody watches it.
final class Watch {
    private static final Reading NOTHING = new Reading(0, 0, 0, 0, 0, OptionalLong.empty());

    private final @Nullable ServerSampler sampler;

    Watch(@Nullable ServerSampler sampler) {
        this.sampler = sampler;
    }

    boolean isOn() {
        return sampler != null;
    }

    Reading read() {
        return sampler == null ? NOTHING : sampler.read();
    }

    Reading readAfterCollection() {
        return sampler == null ? NOTHING : sampler.readAfterCollection();
    }
}

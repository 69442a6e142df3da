package dev.heddle.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.json.Json;

import org.junit.jupiter.api.Test;

class LiveSamplesTest {
    private static final double EXACT = 1e-9;

    private final LiveSamples samples = new LiveSamples();

    private void add(double time, String values) throws Exception {
        samples.add(
                time,
                Json.read(
                        "{\"process_start_time_seconds\":100," + values.replace('\'', '"') + "}"));
    }

    @Test
    void oneSampleHasNumbersAndNoRates() throws Exception {
        add(1000, "'gauge':7");
        assertEquals(7, samples.now("gauge"));
        assertEquals(900, samples.upSeconds());
        assertEquals(Double.NaN, samples.now("none"));
        assertEquals(Double.NaN, samples.rate("gauge"));
        assertEquals(Double.NaN, samples.quantile(0.5, "gauge"));
    }

    @Test
    void aRateIsThatOfTheLastSecond() throws Exception {
        add(1000, "'sent':0");
        add(1001, "'sent':500");
        add(1002, "'sent':510");
        assertEquals(10, samples.rate("sent"), EXACT);
    }

    @Test
    void aRateWhoseSecondIsLongerIsDividedByIt() throws Exception {
        add(1000, "'sent':0");
        add(1004, "'sent':100");
        assertEquals(25, samples.rate("sent"), EXACT);
    }

    @Test
    void aQuantileIsInterpolatedInItsBucketOverTenSeconds() throws Exception {
        add(1000, "'time':{'sum':0,'bounds':[1,2],'counts':[1000,0,0]}");
        add(1010, "'time':{'sum':0,'bounds':[1,2],'counts':[1000,10,0]}");
        assertEquals(1.5, samples.quantile(0.5, "time"), EXACT);
        add(1020, "'time':{'sum':0,'bounds':[1,2],'counts':[1000,10,5]}");
        assertEquals(Double.POSITIVE_INFINITY, samples.quantile(0.5, "time"));
    }

    @Test
    void nothingCountedHasNoQuantile() throws Exception {
        add(1000, "'time':{'sum':0,'bounds':[1,2],'counts':[3,0,0]}");
        add(1001, "'time':{'sum':0,'bounds':[1,2],'counts':[3,0,0]}");
        assertEquals(Double.NaN, samples.quantile(0.99, "time"));
        assertEquals(0, samples.countRate("time"), EXACT);
    }

    @Test
    void growthIsThatOfTheLastMinute() throws Exception {
        add(1000, "'slow':0");
        add(1010, "'slow':5");
        add(1065, "'slow':7");
        assertEquals(2, samples.growth("slow"), EXACT);
        assertEquals(2, samples.size());
    }

    @Test
    void whatAProcessSaidBeforeIsForgotten() throws Exception {
        add(1000, "'sent':900");
        samples.add(1001, Json.read("{\"process_start_time_seconds\":1000,\"sent\":3}"));
        assertEquals(1, samples.size());
        assertEquals(Double.NaN, samples.rate("sent"));
    }

    @Test
    void sumsOfAllLabelsGrowTogether() throws Exception {
        add(1000, "'gc{a}':{'sum':1},'gc{b}':{'sum':1},'gcx':{'sum':9}");
        add(1010, "'gc{a}':{'sum':2},'gc{b}':{'sum':3},'gcx':{'sum':99}");
        assertEquals(0.3, samples.sumRate("gc"), EXACT);
    }
}

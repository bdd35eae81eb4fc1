package dev.auditpolicy.bench;

import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.policy.compiled.CompiledPolicy;
import dev.auditpolicy.policy.evaluate.PolicyEvaluator;
import dev.auditpolicy.policy.evaluate.RequestAttributes;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Measures 512 evaluations, with the requests in turn. This is short compared with a scheduler time slice, so most
 * samples, and their median, run without interruption.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-opens=java.base/java.lang=ALL-UNNAMED")
public class EvaluateBenchmark {

    private static final int EVALUATIONS_PER_BATCH = 512;

    /** The policies that {@code src/bench/run} generates. */
    @Param({"gce-2026", "rules-20", "rules-500"})
    private String policy;

    private RequestAttributes[] requests;
    private int rounds;
    private PolicyEvaluator evaluator;
    private CompiledPolicy compiled;
    private StringHashes hashes;

    /** Reads the files. */
    @Setup
    public void read() throws IOException {
        BenchFiles files = BenchFiles.fromEnvironment();
        requests = files.attributes().toArray(RequestAttributes[]::new);
        rounds = EVALUATIONS_PER_BATCH / requests.length;
        Policy read = files.policy(policy);
        evaluator = new PolicyEvaluator(read);
        compiled = new CompiledPolicy(read);
        hashes = new StringHashes();
    }

    /** Rule by rule. */
    @Benchmark
    public void ruleByRule(Blackhole blackhole) {
        for (int round = 0; round < rounds; round++) {
            for (RequestAttributes request : requests) {
                blackhole.consume(evaluator.evaluate(request));
            }
        }
    }

    /** Compiled, for requests whose strings have cached hash codes. */
    @Benchmark
    public void compiledKnownStrings(Blackhole blackhole) {
        for (int round = 0; round < rounds; round++) {
            for (RequestAttributes request : requests) {
                blackhole.consume(compiled.evaluate(request));
            }
        }
    }

    /** Compiled, for new requests, whose hash codes must be computed. Go does not cache hash codes. */
    @Benchmark
    public void compiledNewStrings(Blackhole blackhole) {
        for (int round = 0; round < rounds; round++) {
            for (RequestAttributes request : requests) {
                hashes.forget(request);
                blackhole.consume(compiled.evaluate(request));
            }
        }
    }
}

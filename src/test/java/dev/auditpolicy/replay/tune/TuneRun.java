package dev.auditpolicy.replay.tune;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.event.read.EventConsumer;
import dev.auditpolicy.event.read.EventLog;
import dev.auditpolicy.event.read.EventReader;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.lint.finding.Profile;
import dev.auditpolicy.replay.TimeRange;
import dev.auditpolicy.replay.traffic.Traffic;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** A proposal for a policy and a log in memory, and its check. */
record TuneRun(Proposal proposal, TuneCheck check) {

    private static final KubernetesVersion VERSION = new KubernetesVersion(1, 36);
    private static final ObjectMapper YAML =
            new YAMLMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private record Lines(List<String> lines) implements EventLog {
        @Override
        public String name() {
            return "log";
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    static Policy policy(String yaml) {
        try {
            return YAML.readValue(yaml, Policy.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Traffic traffic(Policy policy, List<String> lines) {
        return read(new Traffic(TimeRange.ALL, policy), lines);
    }

    /** For a budget that is a part of what the policy records. */
    static TuneRun of(Policy policy, List<String> lines, double part, Profile... kept) {
        Traffic traffic = traffic(policy, lines);
        Proposal proposal = new Tuner(traffic, VERSION, Set.of(kept), false, 0)
                .propose((long) (part * traffic.now().maxBytes()));
        return new TuneRun(
                proposal,
                read(new TuneCheck(TimeRange.ALL, policy, proposal.tuned().policy()), lines));
    }

    private static <T extends EventConsumer> T read(T consumer, List<String> lines) {
        new EventReader(List.of(consumer)).read(List.of(new Lines(lines)));
        return consumer;
    }

    Policy tuned() {
        return proposal.tuned().policy();
    }

    long predicted() {
        return proposal.now().maxBytes() - proposal.then().maxBytes();
    }

    long replayed() {
        var all = check.result().all();
        return all.now().maxBytes() - all.then().maxBytes();
    }
}

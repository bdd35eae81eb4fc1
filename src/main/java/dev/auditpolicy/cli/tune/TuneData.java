package dev.auditpolicy.cli.tune;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.auditpolicy.policy.lint.fix.RuleYaml;
import dev.auditpolicy.replay.traffic.Volume;
import dev.auditpolicy.replay.tune.Proposal;
import dev.auditpolicy.replay.tune.candidate.Candidate;
import java.util.Locale;

/** Writes a proposal for programs. */
public record TuneData(TuneReport report) {

    /**
     * As one object of JSON.
     *
     * @param policy the whole changed policy as YAML
     */
    public JsonNode json(String policy) {
        Proposal proposal = report.proposal();
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("policy", report.policy());
        root.put("budgetBytesPerDay", Math.round(report.budget().bytesPerDay()));
        ArrayNode kept = root.putArray("keep");
        report.kept().stream()
                .map(profile -> profile.name().toLowerCase(Locale.ROOT))
                .sorted()
                .forEach(kept::add);
        root.put("seconds", proposal.traffic().seconds());
        root.put("events", proposal.traffic().events());
        root.put("bytes", proposal.traffic().bytes());
        root.set("now", volume(proposal.now()));
        root.set("then", volume(proposal.then()));
        root.put("withinBudget", proposal.isReached());
        ArrayNode changes = root.putArray("changes");
        proposal.changes().forEach(change -> changes.add(change(change)));
        root.putObject("check")
                .put("predictedSavingBytes", report.predicted())
                .put("replayedSavingBytes", report.replayed())
                .put("lostEvents", report.check().lost())
                .put("confirmed", report.isConfirmed());
        ArrayNode remaining = root.putArray("remaining");
        for (Proposal.Remaining row : proposal.remaining()) {
            ObjectNode object = volume(row.volume());
            remaining.add(object.put("requests", row.requests()).put("reason", row.reason()));
        }
        ArrayNode refused = root.putArray("refused");
        for (Proposal.Refused row : proposal.refused()) {
            ObjectNode object = volume(row.saving());
            refused.add(object.put("what", row.candidate().what()).put("reason", row.objection()));
        }
        root.put("tunedPolicy", policy);
        return root;
    }

    private ObjectNode change(Proposal.Change change) {
        Candidate candidate = change.candidate();
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("step", candidate.step().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        object.put("what", candidate.what());
        object.put("why", candidate.step().why());
        if (candidate.isRule()) {
            object.put("rule", candidate.base());
            object.put("yaml", RuleYaml.of(candidate.requiredRule()));
        }
        object.set("saving", volume(change.saving()));
        return object;
    }

    private ObjectNode volume(Volume volume) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("events", volume.events())
                .put("minBytes", volume.minBytes())
                .put("maxBytes", volume.maxBytes())
                .put("maxBytesPerDay", report.perDay(volume.maxBytes()));
    }
}

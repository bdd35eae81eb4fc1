package dev.auditpolicy.cli.tune;

import dev.auditpolicy.cli.replay.Figures;
import dev.auditpolicy.replay.tune.Proposal;
import dev.auditpolicy.replay.tune.candidate.Candidate;
import java.util.List;

/**
 * What the comments before changes say.
 *
 * @param report whose changes they are
 */
record ChangeComments(TuneReport report) {

    List<String> of(Candidate candidate) {
        Proposal.Change change = report.proposal().changes().stream()
                .filter(one -> one.candidate().equals(candidate))
                .findFirst()
                .orElseThrow();
        return List.of(
                "# tune: " + candidate.what(),
                "# saves " + perDay(change) + " (" + share(change) + "): "
                        + candidate.step().why());
    }

    /** Of what the policy records now. */
    String share(Proposal.Change change) {
        return Figures.share(change.saving().maxBytes(), report.proposal().now().maxBytes());
    }

    String perDay(Proposal.Change change) {
        return Figures.bytes(report.perDay(change.saving().maxBytes())) + "/day";
    }
}

package dev.auditpolicy.cli.tune;

import dev.auditpolicy.cli.replay.Figures;
import dev.auditpolicy.cli.replay.Table;
import dev.auditpolicy.replay.traffic.Volume;
import dev.auditpolicy.replay.tune.Proposal;
import dev.auditpolicy.replay.tune.TunedPolicy;
import dev.auditpolicy.replay.tune.candidate.Candidate;
import dev.auditpolicy.replay.tune.candidate.Step;
import java.io.PrintWriter;
import java.util.Locale;

/** Writes a proposal for people. */
public record TuneText(TuneReport report) {

    /** Writes it. */
    public void write(PrintWriter out) {
        writeNumbers(out);
        if (report.proposal().isNeedless()) {
            out.println("Nothing to do: the log keeps the budget.");
        } else {
            writeProposal(out);
            writeCheck(out);
        }
        if (!report.proposal().isReached()) {
            new RemainingText(report).write(out);
        }
        out.flush();
    }

    private void writeNumbers(PrintWriter out) {
        Proposal proposal = report.proposal();
        out.println("The log: " + Figures.count(proposal.traffic().events()) + " events in "
                + Figures.duration(proposal.traffic().seconds()) + ", "
                + Figures.bytes(proposal.traffic().bytes()) + ": "
                + perDay(proposal.traffic().bytes()));
        out.println(
                "Under " + report.policy() + ": " + Figures.count(proposal.now().events()) + " events, "
                        + bytes(proposal.now()) + ": " + perDay(proposal.now().maxBytes()));
        if (proposal.now().minBytes() != proposal.now().maxBytes()) {
            out.println(
                    "Some bodies are not in the log: their sizes are a range, as in replay, and the largest counts.");
        }
        out.println("Budget: " + report.budget().text() + ". Kept: " + report.keptNames() + ".");
        out.println();
    }

    private void writeProposal(PrintWriter out) {
        Proposal proposal = report.proposal();
        if (proposal.changes().isEmpty()) {
            out.println("Proposal: none.");
            out.println();
            return;
        }
        out.println("Proposal: " + perDay(proposal.then().maxBytes()) + ", "
                + Figures.change(proposal.now().maxBytes(), proposal.then().maxBytes()));
        var table = new Table();
        for (Proposal.Change change : proposal.changes()) {
            table.add(
                    "  " + change.candidate().what(),
                    "-" + new ChangeComments(report).perDay(change),
                    new ChangeComments(report).share(change));
        }
        table.print(out);
        proposal.changes().stream()
                .map(Proposal.Change::candidate)
                .filter(candidate -> !candidate.isRule())
                .forEach(candidate -> writeField(out, candidate));
        writeRules(out, proposal.tuned());
        if (!proposal.needless().isEmpty()) {
            out.println();
            proposal.needless()
                    .forEach(rule ->
                            out.println(report.ruleNames().apply(rule) + " then decides nothing any more: remove it."));
        }
        out.println();
    }

    private void writeField(PrintWriter out, Candidate candidate) {
        out.println();
        out.println("In the policy:");
        new ChangeComments(report).of(candidate).forEach(out::println);
        out.println(
                candidate.step() == Step.ARRIVALS
                        ? "omitStages: "
                                + PolicySplice.stages(
                                        report.proposal().tuned().policy().omitStages())
                        : "omitManagedFields: true");
    }

    private void writeRules(PrintWriter out, TunedPolicy tuned) {
        String place = "";
        for (TunedPolicy.Rule rule : tuned.rules()) {
            if (rule.change().isPresent()) {
                String before = (rule.replaces() ? "Instead of " : "Before ")
                        + report.ruleNames().apply(rule.base()) + ":";
                if (!before.equals(place)) {
                    out.println();
                    out.println(before);
                }
                place = before;
                Candidate candidate = rule.change().get();
                new ChangeComments(report).of(candidate).forEach(out::println);
                RuleLines.of(candidate.requiredRule()).forEach(out::println);
            }
        }
    }

    private void writeCheck(PrintWriter out) {
        if (report.proposal().changes().isEmpty()) {
            return;
        }
        out.println("Check: predicted -" + Figures.bytes(report.predicted()) + ", replayed -"
                + Figures.bytes(report.replayed())
                + String.format(Locale.ROOT, " (%.1f %% apart)", 100 * report.difference()) + "; "
                + (report.check().lost() == 0
                        ? "nothing is lost that must stay"
                        : Figures.count(report.check().lost()) + " events are lost that must stay")
                + ".");
        if (!report.isConfirmed()) {
            out.println("Do not use this proposal: the replay does not confirm it. Please report this.");
        }
    }

    private String perDay(long bytes) {
        return Figures.bytes(report.perDay(bytes)) + "/day";
    }

    private static String bytes(Volume volume) {
        return Figures.bytes(volume.minBytes(), volume.maxBytes());
    }
}

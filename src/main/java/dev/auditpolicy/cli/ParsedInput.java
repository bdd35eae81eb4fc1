package dev.auditpolicy.cli;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;

import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.PolicyProblem;
import dev.auditpolicy.policy.RuleOrigins;
import dev.auditpolicy.policy.read.LocatedProblem;
import dev.auditpolicy.policy.read.PolicyFileReading;
import dev.auditpolicy.policy.read.PolicyText;
import dev.auditpolicy.policy.schema.AuditPolicyCheck;
import dev.auditpolicy.policy.temporary.KnownEntries;
import dev.auditpolicy.policy.temporary.TimedPolicy;
import dev.auditpolicy.policy.tree.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An input with one policy, parsed as kube-apiserver would.
 *
 * @param policy empty if it is rejected
 * @param origins where its rules come from
 * @param rejected why the policy or the settings of a backend cannot be used
 * @param notApplicable why the API server or the operator would not accept the rest of an AuditPolicy
 * @param dropped what kube-apiserver would silently drop
 * @param message the error with which kube-apiserver would exit; empty if it would start, or never reads the input
 */
record ParsedInput(
        Input input,
        Optional<Policy> policy,
        RuleOrigins origins,
        Backends backends,
        List<LocatedProblem> rejected,
        List<LocatedProblem> notApplicable,
        List<LocatedProblem> dropped,
        String message) {

    private static final Pattern SETTINGS = Pattern.compile("spec\\.(policy|temporaryRules|log|webhook)\\b.*");

    ParsedInput {
        rejected = List.copyOf(rejected);
        notApplicable = List.copyOf(notApplicable);
        dropped = List.copyOf(dropped);
    }

    /** Parses as a kube-apiserver of that version does; for an AuditPolicy, includes its backends. */
    static ParsedInput of(Input input, KubernetesVersion version) {
        PolicyFileReading reading = input.read(version);
        Optional<PolicyText> auditPolicy = input.text().filter(PolicyText::isAuditPolicy);
        List<LocatedProblem> ofPolicy =
                reading instanceof PolicyFileReading.InvalidFile invalid ? invalid.problems() : List.of();
        List<LocatedProblem> ofSchema = auditPolicy.stream()
                .flatMap(text -> AuditPolicyCheck.check(text.root()).stream()
                        .filter(problem -> !isReported(problem, ofPolicy))
                        .map(problem -> new LocatedProblem(text.position(problem.path()), problem)))
                .toList();
        List<LocatedProblem> rejected = sorted(
                auditPolicy.isPresent(),
                Stream.concat(ofPolicy.stream(), ofSchema.stream().filter(ParsedInput::isOfSettings)));
        List<LocatedProblem> notApplicable = sorted(
                true,
                Stream.concat(
                        ofSchema.stream().filter(problem -> !isOfSettings(problem)),
                        auditPolicy.stream().flatMap(text -> pastRules(text, input.readAt()))));
        return new ParsedInput(
                input,
                reading instanceof PolicyFileReading.Loaded loaded ? Optional.of(loaded.policy()) : Optional.empty(),
                reading instanceof PolicyFileReading.Loaded loaded ? loaded.origins() : RuleOrigins.NONE,
                rejected.isEmpty()
                        ? auditPolicy
                                .map(text -> BackendReader.read(text.root()))
                                .orElse(Backends.UNKNOWN)
                        : Backends.UNKNOWN,
                rejected,
                notApplicable,
                reading.ignored(),
                reading instanceof PolicyFileReading.InvalidFile invalid ? invalid.message() : "");
    }

    /** Temporary rules that the operator would refuse, unless it has accepted them before they ended. */
    private static Stream<LocatedProblem> pastRules(PolicyText auditPolicy, Instant now) {
        var spec = auditPolicy.root().field("spec");
        var accepted = KnownEntries.of(auditPolicy.root());
        return spec.stream()
                .flatMap(tree -> TimedPolicy.of(tree).problems(now, accepted).stream())
                .map(problem -> new LocatedProblem(auditPolicy.position(problem.path()), problem));
    }

    private static boolean isOfSettings(LocatedProblem problem) {
        return SETTINGS.matcher(problem.problem().path()).matches();
    }

    /** The reader of policies knows more about a field than the schema does. */
    private static boolean isReported(PolicyProblem problem, List<LocatedProblem> others) {
        return others.stream()
                .map(other -> other.problem().path())
                .anyMatch(path -> problem.path().equals(path)
                        || problem.path().startsWith(path + ".")
                        || problem.path().startsWith(path + "["));
    }

    private static List<LocatedProblem> sorted(boolean byPosition, Stream<LocatedProblem> problems) {
        List<LocatedProblem> sorted = new ArrayList<>(problems.toList());
        if (byPosition) {
            sorted.sort(comparing(
                    LocatedProblem::position, comparingInt(Position::line).thenComparingInt(Position::column)));
        }
        return sorted;
    }

    /** All findings about policy and backends, errors first. */
    Stream<Diagnostic> diagnostics() {
        return Stream.concat(
                rejected.stream().map(Diagnostic::rejected), dropped.stream().map(Diagnostic::dropped));
    }

    /** The same, and those about the rest of an AuditPolicy. */
    Stream<Diagnostic> allDiagnostics() {
        return Stream.of(
                        rejected.stream().map(Diagnostic::rejected),
                        notApplicable.stream().map(Diagnostic::rejected),
                        dropped.stream().map(Diagnostic::dropped))
                .flatMap(diagnostics -> diagnostics);
    }
}

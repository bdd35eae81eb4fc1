package dev.auditpolicy.policy.lint.finding;

import static dev.auditpolicy.policy.lint.finding.BenchmarkItem.CIS_KEY_CONCERNS;
import static dev.auditpolicy.policy.lint.finding.BenchmarkItem.CIS_LOG_PATH;
import static dev.auditpolicy.policy.lint.finding.BenchmarkItem.CIS_MAX_AGE;
import static dev.auditpolicy.policy.lint.finding.BenchmarkItem.CIS_MAX_BACKUP;
import static dev.auditpolicy.policy.lint.finding.BenchmarkItem.CIS_MAX_SIZE;
import static dev.auditpolicy.policy.lint.finding.BenchmarkItem.CIS_MINIMAL_POLICY;
import static dev.auditpolicy.policy.lint.finding.BenchmarkItem.NSA_FLAGS;
import static dev.auditpolicy.policy.lint.finding.BenchmarkItem.NSA_POLICY;
import static dev.auditpolicy.policy.lint.finding.BenchmarkItem.PCI_ADMINISTRATORS;
import static dev.auditpolicy.policy.lint.finding.BenchmarkItem.PCI_AUDIT_CHANGES;
import static dev.auditpolicy.policy.lint.finding.BenchmarkItem.PCI_CONTENT;
import static dev.auditpolicy.policy.lint.finding.BenchmarkItem.PCI_CREDENTIALS;
import static dev.auditpolicy.policy.lint.finding.BenchmarkItem.PCI_ENABLED;
import static dev.auditpolicy.policy.lint.finding.BenchmarkItem.PCI_INVALID_ACCESS;
import static dev.auditpolicy.policy.lint.finding.BenchmarkItem.PCI_LOG_ACCESS;
import static dev.auditpolicy.policy.lint.finding.BenchmarkItem.PCI_RETENTION;
import static dev.auditpolicy.policy.lint.finding.BenchmarkItem.PCI_SYSTEM_OBJECTS;
import static dev.auditpolicy.policy.lint.finding.BenchmarkItem.PCI_USER_ACCESS;
import static dev.auditpolicy.policy.lint.finding.BenchmarkItem.STIG_CONTENT;
import static dev.auditpolicy.policy.lint.finding.BenchmarkItem.STIG_ENABLED;
import static dev.auditpolicy.policy.lint.finding.BenchmarkItem.STIG_LOG_PATH;
import static dev.auditpolicy.policy.lint.finding.BenchmarkItem.STIG_MAX_AGE;
import static dev.auditpolicy.policy.lint.finding.BenchmarkItem.STIG_MAX_BACKUP;
import static dev.auditpolicy.policy.lint.finding.BenchmarkItem.STIG_MAX_SIZE;
import static dev.auditpolicy.policy.lint.finding.BenchmarkItem.STIG_VALID_LOG_PATH;
import static dev.auditpolicy.policy.lint.finding.Severity.ERROR;
import static dev.auditpolicy.policy.lint.finding.Severity.INFO;
import static dev.auditpolicy.policy.lint.finding.Severity.WARNING;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The kind of a finding. IDs and names are stable, because users suppress findings and compare reports by them. The id of a
 * removed code is not used again.
 */
public enum FindingCode {
    UNREACHABLE_RULE(
            "AP101", "unreachable-rule", ERROR, "No request reaches the rule: earlier rules match all its requests"),
    REDUNDANT_RULE("AP102", "redundant-rule", INFO, "Earlier rules match all its requests, with the same outcome"),
    SHADOWED_VALUE("AP103", "shadowed-value", WARNING, "Earlier rules match every request with this value"),
    REDUNDANT_VALUE("AP104", "redundant-value", INFO, "Another value of the list includes this one"),

    NO_WILDCARD("AP111", "no-wildcard", WARNING, "A wildcard in a field that does not support wildcards"),
    UPPER_CASE("AP112", "upper-case", WARNING, "Upper case in a value that is lower case in every request"),
    UNKNOWN_VERB("AP113", "unknown-verb", WARNING, "A verb that no such request has"),
    WRONG_API_GROUP("AP114", "wrong-api-group", WARNING, "An API group that does not exist"),
    UNKNOWN_RESOURCE("AP115", "unknown-resource", WARNING, "A resource that the built-in API group does not have"),
    WRONG_RESOURCE_PATTERN("AP116", "wrong-resource-pattern", WARNING, "A pattern that matches no resource"),
    INVALID_NAMESPACE("AP117", "invalid-namespace", WARNING, "A namespace that cannot exist, or a misspelled one"),
    RESOURCE_URL("AP118", "resource-url", WARNING, "nonResourceURLs with a resource URL"),
    UNUSUAL_URL("AP119", "unusual-url", WARNING, "nonResourceURLs that kube-apiserver does not serve"),
    WRONG_IDENTITY(
            "AP120", "wrong-identity", WARNING, "A group among users, a user among groups, or an invalid user name"),

    CLUSTER_SCOPED(
            "AP121", "cluster-scoped-in-namespace", WARNING, "Cluster-scoped resources in a rule for namespaces"),
    NAMESPACED("AP122", "namespaced-without-namespace", WARNING, "Namespaced resources in a rule without a namespace"),
    NAMES_ON_CREATE(
            "AP123", "resource-names-on-create", WARNING, "resourceNames for verbs whose requests have no name"),
    SUBRESOURCES_AND_PARENT("AP124", "subresource-wildcard", INFO, "RESOURCE/* matches the resource itself too"),
    OBSOLETE("AP125", "obsolete", INFO, "A value that no supported version of Kubernetes has"),

    LOOK_ALIKE("AP126", "look-alike-character", WARNING, "A character that is invisible or looks like another one"),
    PLACEHOLDER("AP127", "placeholder", WARNING, "A placeholder that was not filled in"),
    NO_SUCH_RESOURCE("AP131", "no-such-resource", WARNING, "A resource that the cluster does not have"),
    NO_SUCH_NAMESPACE("AP132", "no-such-namespace", WARNING, "A namespace that the cluster does not have"),
    NO_SUCH_VERB("AP133", "no-such-verb", INFO, "A resource that supports none of the verbs of the rule"),

    SECRET_BODIES("AP201", "secret-bodies", ERROR, "Contents of Secrets in the log", CIS_KEY_CONCERNS, NSA_POLICY),
    CONFIG_MAP_BODIES("AP202", "config-map-bodies", WARNING, "Contents of ConfigMaps in the log", CIS_KEY_CONCERNS),
    TOKEN_BODIES("AP203", "token-bodies", ERROR, "Tokens in the log", CIS_KEY_CONCERNS),

    NOTHING_RECORDED(
            "AP301",
            "nothing-recorded",
            ERROR,
            "The policy records nothing",
            CIS_MINIMAL_POLICY,
            STIG_ENABLED,
            NSA_POLICY,
            PCI_ENABLED),
    NO_CATCH_ALL(
            "AP302",
            "no-catch-all",
            WARNING,
            "Requests that no rule matches are not recorded",
            PCI_USER_ACCESS,
            PCI_ADMINISTRATORS,
            PCI_INVALID_ACCESS),
    FAILED_AUTHENTICATION(
            "AP303",
            "failed-authentication-hidden",
            WARNING,
            "Failed authentications (401) are not recorded",
            PCI_INVALID_ACCESS),
    WEB_SOCKETS(
            "AP304",
            "web-socket-not-recorded",
            WARNING,
            "exec, attach or port-forward by WebSocket is not recorded",
            PCI_ADMINISTRATORS),
    AUDIT_CHANGES(
            "AP305",
            "audit-changes-not-recorded",
            WARNING,
            "Changes to the audit policy itself are not recorded",
            PCI_AUDIT_CHANGES),
    NO_OUTCOME("AP306", "no-outcome", WARNING, "The events that contain the outcome are omitted", PCI_CONTENT),

    EVENT_DELETION(
            "AP307", "event-deletion-not-recorded", INFO, "Deletion of Events, which hides traces, is not recorded"),
    NAMESPACE_DELETION(
            "AP308",
            "namespace-deletion-not-recorded",
            WARNING,
            "Deletion of a Namespace is not recorded, because a rule drops the requests in it",
            PCI_SYSTEM_OBJECTS),
    BROAD_GROUP(
            "AP309",
            "broad-group-dropped",
            WARNING,
            "Requests of a group with powerful members are not recorded",
            PCI_ADMINISTRATORS),
    SECRET_READS("AP310", "secret-reads-not-recorded", WARNING, "Some ways to read Secrets are not recorded"),
    COMMAND_LINES("AP311", "command-lines-recorded", INFO, "Arguments of kubectl exec in the log"),
    NOISY_EVENTS("AP401", "noisy-events", INFO, "Events of components are recorded"),
    NOISY_LEASES("AP402", "noisy-leases", INFO, "Heartbeats and leader elections are recorded"),
    NOISY_PROBES("AP403", "noisy-probes", INFO, "Health probes are recorded"),
    NOISY_WATCHES("AP404", "noisy-watches", INFO, "Watches of components are recorded at a level with bodies"),
    LARGE_LISTS("AP405", "large-lists", WARNING, "Whole lists are recorded"),
    TWO_EVENTS("AP406", "two-events-per-request", INFO, "RequestReceived is recorded in addition to ResponseComplete"),
    NO_BODIES("AP407", "level-without-bodies", INFO, "A level with bodies in a rule for requests without bodies"),

    BATCHED_LOG("AP501", "batched-log", WARNING, "Events are buffered in memory and lost in a crash or a burst"),
    ENDLESS_LOG("AP502", "endless-log", WARNING, "Old log files are never removed"),
    STRICT_WITHOUT_EFFECT("AP503", "strict-without-effect", ERROR, "blocking-strict, but no event can fail a request"),
    LEGACY_FORMAT("AP504", "legacy-format", WARNING, "A log format that omits most of an event"),
    SMALL_LOG_FILE("AP505", "small-log-file", WARNING, "Events larger than the log file are lost"),
    THROTTLED_LOG(
            "AP506", "throttled-log", WARNING, "The throttle allows fewer events per second than a cluster produces"),
    SMALL_BUFFER("AP507", "small-buffer", WARNING, "A burst of events exceeds the buffer"),
    SMALL_EVENTS("AP508", "small-events", WARNING, "Even events without bodies exceed the limit and are dropped"),
    UNPACED_BATCHES("AP509", "unpaced-batches", WARNING, "Batches that never wait keep a processor busy"),
    WEBHOOK_ALONE("AP511", "webhook-alone", WARNING, "Events that do not reach the webhook are recorded nowhere"),
    THROTTLED_WEBHOOK(
            "AP512",
            "throttled-webhook",
            WARNING,
            "The throttle allows fewer events per second than a cluster produces"),
    UNTHROTTLED_WEBHOOK("AP513", "unthrottled-webhook", WARNING, "A slow receiver fills kube-apiserver's memory"),
    BLOCKING_WEBHOOK("AP514", "blocking-webhook", WARNING, "Every request waits for the webhook"),
    UNTRUNCATED_WEBHOOK("AP515", "untruncated-webhook", INFO, "Large bodies can make a receiver reject whole batches"),
    WEBHOOK_AT_START(
            "AP516", "webhook-at-start", ERROR, "kube-apiserver does not start while the webhook is unavailable"),
    FALSELY_TRUNCATED(
            "AP517", "falsely-truncated", WARNING, "Events that the webhook receives whole are marked as truncated"),
    SHORT_DRAIN("AP518", "short-drain", INFO, "A restart during an outage of the webhook loses events"),

    LOG_PATH(
            "AP601",
            "log-path",
            WARNING,
            "No audit log path",
            CIS_LOG_PATH,
            STIG_LOG_PATH,
            STIG_VALID_LOG_PATH,
            NSA_FLAGS,
            PCI_ENABLED),
    LOG_MAX_AGE("AP602", "log-max-age", WARNING, "The log is kept for less than 30 days", CIS_MAX_AGE, STIG_MAX_AGE),
    LOG_MAX_BACKUPS(
            "AP603",
            "log-max-backups",
            WARNING,
            "Fewer than 10 old log files are kept",
            CIS_MAX_BACKUP,
            STIG_MAX_BACKUP),
    LOG_MAX_SIZE("AP604", "log-max-size", WARNING, "Log files of less than 100 MB", CIS_MAX_SIZE, STIG_MAX_SIZE),
    KEY_CONCERNS("AP605", "key-concerns", WARNING, "Key security events are not recorded", CIS_KEY_CONCERNS),
    NOT_EVERYTHING("AP606", "not-everything", WARNING, "Not everything is recorded with all bodies", STIG_CONTENT),
    FEWER_BODIES(
            "AP607",
            "fewer-bodies",
            WARNING,
            "Requests for other resources than credentials are not recorded with all bodies",
            NSA_POLICY),
    SECRETS_DROPPED("AP608", "secrets-dropped", WARNING, "Access to Secrets is not recorded", NSA_POLICY),
    CREDENTIAL_CHANGES(
            "AP611",
            "credential-changes",
            WARNING,
            "Changes of credentials or rights are not recorded",
            PCI_CREDENTIALS),
    RIGHTS_WITHOUT_BODIES(
            "AP612",
            "rights-without-bodies",
            INFO,
            "Changes of rights are recorded without the rights",
            PCI_CREDENTIALS),
    SYSTEM_OBJECTS(
            "AP613",
            "system-objects",
            WARNING,
            "Creation or deletion of system objects is not recorded",
            PCI_SYSTEM_OBJECTS),
    LOG_ACCESS("AP614", "log-access", WARNING, "Ways to read the audit log are not recorded", PCI_LOG_ACCESS),
    DROPPED_REQUESTS(
            "AP615",
            "dropped-requests",
            WARNING,
            "Requests of users, refused ones included, are not recorded",
            PCI_USER_ACCESS,
            PCI_ADMINISTRATORS,
            PCI_INVALID_ACCESS),
    SHORT_RETENTION("AP616", "short-retention", WARNING, "The log is kept for less than 12 months", PCI_RETENTION),

    UNUSED_RULE("AP701", "unused-rule", INFO, "The rule decides no event of the log given by --log"),
    UNSEEN_IDENTITY("AP702", "unseen-identity", INFO, "A user or group without a request in the log given by --log"),
    CAUGHT_ALL("AP703", "caught-all", INFO, "Events of the log given by --log that no special rule is for");

    private final String id;
    private final String slug;
    private final Severity severity;
    private final String summary;

    /** Immutable: made by {@link List#of}. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<BenchmarkItem> benchmarks;

    FindingCode(String id, String slug, Severity severity, String summary, BenchmarkItem... benchmarks) {
        this.id = id;
        this.slug = slug;
        this.severity = severity;
        this.summary = summary;
        this.benchmarks = List.of(benchmarks);
    }

    /** The code of an id or a name. */
    public static Optional<FindingCode> find(String idOrName) {
        return Arrays.stream(values())
                .filter(code -> code.id.equalsIgnoreCase(idOrName) || code.slug.equalsIgnoreCase(idOrName))
                .findFirst();
    }

    /** Such as {@code AP101}. */
    public String id() {
        return id;
    }

    /** The name by which to suppress it, such as {@code unreachable-rule}. */
    public String slug() {
        return slug;
    }

    /** The default severity; a finding can have another. */
    public Severity severity() {
        return severity;
    }

    /** One sentence, without a full stop. */
    public String summary() {
        return summary;
    }

    /** The related benchmark items. */
    public List<BenchmarkItem> benchmarks() {
        return benchmarks;
    }
}

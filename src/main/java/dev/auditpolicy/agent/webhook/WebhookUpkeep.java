package dev.auditpolicy.agent.webhook;

import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.NodeWebhook;
import dev.auditpolicy.host.process.ProcessUser;
import dev.auditpolicy.host.process.Ticker;
import dev.auditpolicy.journal.BootTime;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the files of a webhook that is in use up to date: tokens and certificates that kube-apiserver rereads by itself. Once a
 * minute also files that somebody has changed or deleted on the node.
 */
public final class WebhookUpkeep {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookUpkeep.class);

    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final WebhookFiles files;
    private final Ticker ticker;
    private Optional<Done> last = Optional.empty();

    private record Done(
            Optional<NodeWebhook> webhook, boolean runs, ProcessUser user, BootTime at, Optional<String> problem) {}

    public WebhookUpkeep(WebhookFiles files, Ticker ticker) {
        this.files = files;
        this.ticker = ticker;
    }

    /**
     * Brings the files to the state of {@code spec}, and deletes those of others: of a revision that was refused, for example.
     *
     * @param runs whether the node runs {@code spec}; otherwise the next check writes its files, or a turn
     * @param earlier what a rollback may go back to
     * @return why the files are not up to date
     */
    public Optional<String> keep(AuditNodeSpec spec, boolean runs, Stream<AuditNodeSpec> earlier, ProcessUser user) {
        var webhook = Optional.ofNullable(spec.webhook()).filter(_ -> !spec.restores());
        if (last.filter(done -> done.webhook().equals(webhook))
                .filter(done -> done.runs() == runs && done.user().equals(user))
                .filter(done -> ticker.now().isBefore(done.at().plus(INTERVAL)))
                .isEmpty()) {
            var problem = update(webhook.filter(_ -> runs), Stream.concat(Stream.of(spec), earlier), user);
            problem.filter(reason ->
                            last.flatMap(Done::problem).filter(reason::equals).isEmpty())
                    .ifPresent(reason -> LOG.atWarn()
                            .addKeyValue("reason", reason)
                            .log("The files of the webhook are not up to date"));
            last = Optional.of(new Done(webhook, runs, user, ticker.now(), problem));
        }
        return last.flatMap(Done::problem);
    }

    private Optional<String> update(Optional<NodeWebhook> webhook, Stream<AuditNodeSpec> needed, ProcessUser user) {
        try {
            if (webhook.isPresent()) {
                files.write(webhook.get(), user);
            }
            files.deleteOthers(needed);
            return Optional.empty();
        } catch (IOException failure) {
            return Optional.ofNullable(failure.getMessage());
        }
    }
}

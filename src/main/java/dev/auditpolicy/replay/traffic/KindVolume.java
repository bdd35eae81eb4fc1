package dev.auditpolicy.replay.traffic;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Stage;
import dev.auditpolicy.event.AuditEvent;
import dev.auditpolicy.policy.evaluate.Evaluation;
import dev.auditpolicy.policy.evaluate.RequestAttributes;
import dev.auditpolicy.replay.EventSize;
import dev.auditpolicy.replay.total.Amount;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** How much a policy records of one kind of requests, and how much at lower levels. Mutable; not for several threads at once. */
public final class KindVolume {

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final RequestKind kind;
    private final Evaluation decision;

    /** In each of the forms that the events could have: the first is what the policy records. */
    private final List<Form> forms;

    private boolean refused;
    private boolean impersonated;

    private record Form(Evaluation evaluation, Amount arrivals, Amount others) {}

    /**
     * Nothing yet.
     *
     * @param mayOmitManagedFields whether the policy could leave managedFields out of bodies, because the rule does not say
     */
    KindVolume(RequestKind kind, Evaluation decision, boolean mayOmitManagedFields) {
        this.kind = kind;
        this.decision = decision;
        forms = Stream.of(Level.REQUEST_RESPONSE, Level.REQUEST, Level.METADATA)
                .filter(level -> level.compareTo(decision.level()) <= 0)
                .flatMap(level -> evaluations(decision, level, mayOmitManagedFields).stream())
                .map(evaluation -> new Form(evaluation, new Amount(), new Amount()))
                .toList();
    }

    private static List<Evaluation> evaluations(Evaluation decision, Level level, boolean mayOmitManagedFields) {
        var evaluations = new ArrayList<Evaluation>();
        boolean hasBodies = level != Level.METADATA;
        evaluations.add(new Evaluation(
                decision.rule(), level, decision.omitStages(), hasBodies && decision.omitManagedFields()));
        if (hasBodies && mayOmitManagedFields && !decision.omitManagedFields()) {
            evaluations.add(new Evaluation(decision.rule(), level, decision.omitStages(), true));
        }
        return evaluations;
    }

    void add(AuditEvent event, RequestAttributes request, EventSize size) {
        for (Form form : forms) {
            size.set(event, request, form.evaluation());
            if (size.isRecorded()) {
                (event.stage() == Stage.REQUEST_RECEIVED ? form.arrivals() : form.others()).add(size.min(), size.max());
            }
        }
        refused |= event.statusCode() == UNAUTHORIZED || event.statusCode() == FORBIDDEN;
        impersonated |= event.isImpersonated();
    }

    void add(KindVolume other) {
        for (int form = 0; form < forms.size(); form++) {
            forms.get(form).arrivals().add(other.forms.get(form).arrivals());
            forms.get(form).others().add(other.forms.get(form).others());
        }
        refused |= other.refused;
        impersonated |= other.impersonated;
    }

    /** What the requests have in common. */
    public RequestKind kind() {
        return kind;
    }

    Evaluation decision() {
        return decision;
    }

    /** The level at which the policy records them. */
    public Level level() {
        return decision.level();
    }

    /** Whether some of the requests failed with 401 or 403. */
    public boolean isRefused() {
        return refused;
    }

    /** Whether the user of some of the requests acted as another one. */
    public boolean isImpersonated() {
        return impersonated;
    }

    /** What the policy records now. */
    public Volume now() {
        return at(level(), false, false);
    }

    /**
     * What it would record.
     *
     * @param level not above that of the policy
     * @param withoutArrivals without the stage RequestReceived
     * @param withoutManagedFields with bodies without managedFields, as far as a rule does not say otherwise
     */
    public Volume at(Level level, boolean withoutArrivals, boolean withoutManagedFields) {
        Form found = null;
        for (Form form : forms) {
            if (form.evaluation().level() == level && (found == null || withoutManagedFields)) {
                found = form;
            }
        }
        if (found == null) {
            return Volume.NOTHING;
        }
        Volume others = volume(found.others());
        return withoutArrivals ? others : others.plus(volume(found.arrivals()));
    }

    private static Volume volume(Amount amount) {
        return new Volume(amount.events(), amount.minBytes(), amount.maxBytes());
    }
}

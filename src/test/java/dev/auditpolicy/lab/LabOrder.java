package dev.auditpolicy.lab;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.SplittableRandom;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;
import org.junit.jupiter.api.MethodOrderer;

/** Random order, so that no test depends on another; classes that can share a lab stay together. */
public final class LabOrder implements ClassOrderer {

    @Override
    public void orderClasses(ClassOrdererContext context) {
        var seed = context.getConfigurationParameter(MethodOrderer.Random.RANDOM_SEED_PROPERTY_NAME)
                .map(Long::valueOf)
                .orElseGet(System::nanoTime);
        System.out.println("The end-to-end tests run in random order. To repeat this order: make e2e SEED=" + seed);
        var classes = context.getClassDescriptors();
        Collections.shuffle(classes, new SplittableRandom(seed));
        classes.sort(Comparator.comparing(LabOrder::host).thenComparingDouble(LabOrder::nodes));
    }

    private static LabHost host(ClassDescriptor test) {
        return test.findAnnotation(LabNodes.class).map(LabNodes::host).orElse(LabHost.KUBEADM);
    }

    private static double nodes(ClassDescriptor test) {
        return test.findAnnotation(LabNodes.class).stream()
                .flatMapToInt(nodes -> Arrays.stream(nodes.value()))
                .average()
                .orElse(0);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.reloader.jmx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.management.ImmutableDescriptor;
import javax.management.MBeanInfo;
import javax.management.MBeanNotificationInfo;
import javax.management.MBeanOperationInfo;
import javax.management.openmbean.OpenMBeanAttributeInfo;
import javax.management.openmbean.OpenMBeanAttributeInfoSupport;
import javax.management.openmbean.OpenMBeanConstructorInfo;
import javax.management.openmbean.OpenMBeanInfoSupport;
import javax.management.openmbean.OpenMBeanOperationInfo;
import javax.management.openmbean.OpenMBeanOperationInfoSupport;
import javax.management.openmbean.OpenMBeanParameterInfo;
import javax.management.openmbean.OpenMBeanParameterInfoSupport;
import javax.management.openmbean.SimpleType;

/** What the bean has, for consoles to show. */
final class Signature {
    /** What each does, and which words it takes. */
    static final Map<String, Operation> OPERATIONS = new TreeMap<>(Map.of(
            "reload",
            new Operation(
                    "Takes up changed classes and rolls pools; the last line is the verdict",
                    "workers, tasks or all, and nowait"),
            "rollback",
            new Operation("Puts back what the last reload that changed a class replaced", "nowait"),
            "check",
            new Operation("Tells what a reload would do, class by class", "json"),
            "stop",
            new Operation("Lets what is in flight finish, then ends the process", "nowait")));

    /**
     * @param doc what it does, one sentence without a full stop
     * @param words that may be given to it
     */
    record Operation(String doc, String words) {}

    private Signature() {}

    static MBeanInfo of(MBeanNotificationInfo[] notifications) {
        return new OpenMBeanInfoSupport(
                Bean.class.getName(),
                "New code, fresh thread pools and a clean stop for this JVM.",
                attributes(),
                new OpenMBeanConstructorInfo[0],
                operations(),
                notifications,
                new ImmutableDescriptor("mxbean=true", "immutableInfo=true"));
    }

    private static OpenMBeanAttributeInfo[] attributes() {
        return Attributes.ALL.stream()
                .map(each ->
                        new OpenMBeanAttributeInfoSupport(each.name(), each.doc(), each.type(), true, false, false))
                .toArray(OpenMBeanAttributeInfo[]::new);
    }

    /** Each without words, and with them. */
    private static OpenMBeanOperationInfo[] operations() {
        List<OpenMBeanOperationInfo> all = new ArrayList<>();
        OPERATIONS.forEach((name, operation) -> {
            all.add(operation(name, operation));
            all.add(operation(
                    name, operation, new OpenMBeanParameterInfoSupport("words", operation.words, SimpleType.STRING)));
        });
        return all.toArray(OpenMBeanOperationInfo[]::new);
    }

    private static OpenMBeanOperationInfo operation(
            String name, Operation operation, OpenMBeanParameterInfo... parameters) {
        return new OpenMBeanOperationInfoSupport(
                name, operation.doc, parameters, Shape.TEXTS, MBeanOperationInfo.ACTION);
    }
}

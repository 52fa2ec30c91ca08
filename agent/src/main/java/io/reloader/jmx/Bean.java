// SPDX-License-Identifier: Apache-2.0
package io.reloader.jmx;

import io.reloader.jmx.Desk.Picture;
import io.reloader.jmx.Shape.Field;
import java.util.ArrayList;
import java.util.List;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.ListenerNotFoundException;
import javax.management.MBeanException;
import javax.management.MBeanInfo;
import javax.management.MBeanNotificationInfo;
import javax.management.NotificationEmitter;
import javax.management.NotificationFilter;
import javax.management.NotificationListener;
import javax.management.ReflectionException;
import org.jspecify.annotations.Nullable;

/**
 * The bean: an MXBean that needs no interface, because it says itself what it has. Called on the threads of JMX
 * connectors, which wait for what the agent answers.
 */
final class Bean implements DynamicMBean, NotificationEmitter {
    private final Desk desk;
    private final Bulletin bulletin;
    private final MBeanInfo info;

    Bean(Desk desk, Bulletin bulletin) {
        this.desk = desk;
        this.bulletin = bulletin;
        this.info = Signature.of(bulletin.getNotificationInfo());
    }

    @Override
    public MBeanInfo getMBeanInfo() {
        return info;
    }

    @Override
    public @Nullable Object getAttribute(String name) throws AttributeNotFoundException, MBeanException {
        for (Field<Picture> each : Attributes.ALL) {
            if (each.name().equals(name)) {
                return each.value().apply(picture());
            }
        }
        throw new AttributeNotFoundException(name);
    }

    /** All of one moment. */
    @Override
    public AttributeList getAttributes(String[] names) {
        List<String> wanted = List.of(names);
        AttributeList list = new AttributeList();
        try {
            Picture picture = picture();
            for (Field<Picture> each : Attributes.ALL) {
                if (wanted.contains(each.name())) {
                    list.add(new Attribute(each.name(), each.value().apply(picture)));
                }
            }
        } catch (MBeanException e) {
            // None of them can be had now, which an empty list says.
            return list;
        }
        return list;
    }

    private Picture picture() throws MBeanException {
        try {
            return desk.picture();
        } catch (IllegalStateException e) {
            throw new MBeanException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MBeanException(e);
        }
    }

    @Override
    public void setAttribute(Attribute attribute) throws AttributeNotFoundException {
        throw new AttributeNotFoundException(attribute.getName() + " can only be read");
    }

    @Override
    public AttributeList setAttributes(AttributeList attributes) {
        return new AttributeList();
    }

    /** The words of an operation are those that the command socket takes after its verb. */
    @Override
    public Object invoke(String operation, Object @Nullable [] parameters, String @Nullable [] signature)
            throws MBeanException, ReflectionException {
        if (!Signature.OPERATIONS.containsKey(operation)) {
            throw new ReflectionException(new NoSuchMethodException(operation));
        }
        List<String> words = new ArrayList<>(List.of(operation));
        for (Object each : parameters == null ? new Object[0] : parameters) {
            words.add(String.valueOf(each).replace('\n', ' '));
        }
        try {
            return desk.ask(String.join(" ", words)).toArray(String[]::new);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MBeanException(e);
        }
    }

    @Override
    public MBeanNotificationInfo[] getNotificationInfo() {
        return bulletin.getNotificationInfo();
    }

    @Override
    public void addNotificationListener(
            NotificationListener listener, @Nullable NotificationFilter filter, @Nullable Object handback) {
        bulletin.addNotificationListener(listener, filter, handback);
    }

    @Override
    public void removeNotificationListener(NotificationListener listener) throws ListenerNotFoundException {
        bulletin.removeNotificationListener(listener);
    }

    @Override
    public void removeNotificationListener(
            NotificationListener listener, @Nullable NotificationFilter filter, @Nullable Object handback)
            throws ListenerNotFoundException {
        bulletin.removeNotificationListener(listener, filter, handback);
    }
}

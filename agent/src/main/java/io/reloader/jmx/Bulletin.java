// SPDX-License-Identifier: Apache-2.0
package io.reloader.jmx;

import io.reloader.control.Command;
import io.reloader.control.Events;
import io.reloader.control.Verdict;
import io.reloader.control.Words;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.MBeanNotificationInfo;
import javax.management.Notification;
import javax.management.NotificationBroadcasterSupport;
import javax.management.ObjectName;

/**
 * Tells those who listen to the bean of each reload's begin and end: told on the control thread, tells them on another,
 * one after another.
 */
final class Bulletin extends NotificationBroadcasterSupport implements Events {
    static final String BEGUN = "reloader.reload.begun";
    static final String ENDED = "reloader.reload.ended";

    private final ObjectName source;
    private final AtomicLong sequence = new AtomicLong();

    Bulletin(ObjectName source, Executor threads) {
        super(
                new InOrder(threads),
                new MBeanNotificationInfo(
                        new String[] {BEGUN, ENDED},
                        Notification.class.getName(),
                        "A reload or a rollback has begun or has ended; the user data has its number, its command and,"
                                + " at its end, its verdict."));
        this.source = source;
    }

    @Override
    public void begun(int number, Command command) {
        String line = Words.of(command) + " " + number + " has begun";
        tell(BEGUN, line, Shapes.BEGIN.data(new Shapes.Begin(number, command)));
    }

    @Override
    public void ended(Verdict verdict, int changed) {
        tell(ENDED, verdict.line(), Shapes.VERDICT.data(verdict));
    }

    private void tell(String type, String line, Object data) {
        Notification notification = new Notification(type, source, sequence.incrementAndGet(), line);
        notification.setUserData(data);
        sendNotification(notification);
    }
}

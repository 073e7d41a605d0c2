// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "statetext.h"

#include "steps/steptext.h"

#include <QLocale>

ShownState StateText::ofThisEnd(const ConnectionStatus &status, const KernelView &view)
{
    if (view.local && (status.isOpen() || view.local->state != TcpState::Closed))
        return status.isReadingStopped ? whileNotReading(ofSocket(*view.local), view.local->unreadBytes())
                                       : ofSocket(*view.local);
    if (status.isAttempt())
        return {.texts = {tr("not connected")},
                .source = std::nullopt,
                .explanation = tr("This attempt did not lead to a connection.")};
    if (!status.isOpen())
        return {.texts = {view.local ? tcpStateName(TcpState::Closed) : tr("socket closed")},
                .source = view.local ? std::optional(StateSource::Kernel) : std::nullopt,
                .explanation = tr("This program has closed its end, or the connection was terminated.")};
    if (status.state != TcpState::Closed) {
        const ShownState shown = ofSocket(
            {.state = status.state, .path = KernelSocket::Path{.notSentBytes = status.progress.finWaits() ? 1U : 0U}});
        return status.isReadingStopped ? whileNotReading(shown, {}) : shown;
    }
    return {.texts = {tr("open")}, .source = std::nullopt, .explanation = whyUnknown(view.availability)};
}

ShownState StateText::ofOtherEnd(const KernelView &view, std::optional<TcpState> inferred)
{
    if (view.peer) {
        ShownState shown = ofSocket(*view.peer);
        shown.explanation = tr("The other end is also on this machine.\n%1").arg(shown.explanation);
        return shown;
    }
    if (inferred)
        return {.texts = {tcpStateName(*inferred)},
                .source = StateSource::Inferred,
                .explanation =
                    tr("%1: %2\nInferred from the segments.").arg(tcpStateName(*inferred), meaning(*inferred))};
    return {.texts = {tr("unknown")},
            .source = std::nullopt,
            .explanation =
                tr("The kernel of this machine does not know the other end, and no segments show its state.")};
}

QString StateText::timers(const KernelView &view)
{
    QStringList timers;
    if (view.local)
        timers.append(timer(tr("this end"), *view.local));
    if (view.peer)
        timers.append(timer(tr("the other end"), *view.peer));
    timers.removeAll(QString());
    return timers.join(QStringLiteral(", "));
}

/// Empty: it waits for nothing that comes soon.
QString StateText::timer(const QString &end, const KernelSocket &socket)
{
    constexpr qint64 msPerSecond = 1000;
    const QString seconds = QString::number((socket.timerMs + msPerSecond - 1) / msPerSecond);
    switch (socket.timer) {
    case KernelSocket::Timer::Retransmission:
        return tr("%1 sends again in %2 s", "this end").arg(end, seconds);
    case KernelSocket::Timer::ZeroWindowProbe:
        return tr("%1 probes the window in %2 s", "this end").arg(end, seconds);
    case KernelSocket::Timer::TimeWait:
        return tr("%1 leaves %2 in %3 s", "this end, a state").arg(end, QString(tcpStateName(socket.state)), seconds);
    default:
        return {};
    }
}

QString StateText::ofActivity(Side side, const Activity &activity, const ConnectionStatus *open)
{
    switch (activity.phase) {
    case Activity::Phase::Listening:
        return tr("Listening on %1").arg(activity.address);
    case Activity::Phase::Connecting:
        if (activity.againInMs > 0)
            return tr("Connecting to %1 again after %2 ms…").arg(activity.address).arg(activity.againInMs);
        return tr("Connecting to %1…").arg(activity.address);
    case Activity::Phase::Idle:
        break;
    }
    if (side == Side::Server)
        return tr("Not listening");
    return open ? tr("Connected to %1").arg(open->peer) : tr("Not connected");
}

ShownState StateText::ofSocket(const KernelSocket &socket)
{
    const QString name = tcpStateName(socket.state);
    ShownState shown{.texts = {name}, .source = StateSource::Kernel, .explanation = explained(socket)};
    const int seconds = socket.endsInSeconds();
    if (seconds >= 0) {
        shown.texts.prepend(tr("%1, %2 s", "a state, and the seconds that are left").arg(name).arg(seconds));
        shown.texts.prepend(tr("%1, %2 s left", "a state, and seconds").arg(name).arg(seconds));
    }
    if (socket.state == TcpState::TimeWait)
        shown.texts.prepend(tr("%1, %2 s left (%3)", "TIME-WAIT, seconds, how long it is")
                                .arg(name)
                                .arg(seconds)
                                .arg(timeWaitLength()));
    return shown;
}

ShownState StateText::whileNotReading(ShownState state, std::optional<qint64> unreadBytes)
{
    const QString name = state.texts.back();
    const QString size = unreadBytes ? StepText::size(*unreadBytes) : QString();
    state.texts.prepend(tr("%1, not reading", "a state").arg(name));
    if (unreadBytes) {
        state.texts.prepend(tr("%1, %2 unread", "a state, bytes").arg(name, size));
        state.texts.prepend(tr("%1, not reading: %2 wait", "a state, bytes").arg(name, size));
    }
    state.explanation += u'\n' + (unreadBytes ? tr("This program has stopped reading: %1 wait in the kernel.").arg(size)
                                              : tr("This program has stopped reading."));
    return state;
}

QString StateText::timeWaitLength()
{
    return tr("Linux: always 60 s; RFC 9293: 2 × MSL");
}

QString StateText::explained(const KernelSocket &socket)
{
    const bool finWaits = socket.path && socket.path->notSentBytes > 0;
    const QString special = finWaits ? meaningWhileFinWaits(socket.state) : QString();
    QString text = tr("%1: %2").arg(tcpStateName(socket.state), special.isEmpty() ? meaning(socket.state) : special);
    if (socket.state == TcpState::TimeWait)
        text += u'\n' + tr("%1 s left (%2).").arg(socket.endsInSeconds()).arg(timeWaitLength());
    else if (socket.endsInSeconds() >= 0)
        text +=
            u'\n' + tr("The program has closed its end. The kernel stops waiting in %1 s.").arg(socket.endsInSeconds());
    return text + u'\n' + tr("Read from the kernel.");
}

QString StateText::path(const ConnectionStatus &status, const KernelView &view)
{
    if (status.isAttempt())
        return {};
    const QString name = QStringLiteral("#%1").arg(status.id);
    if (!view.local)
        return tr("%1: %2").arg(name, whyUnknown(view.availability));
    if (!view.local->path)
        return view.local->state == TcpState::Closed
                   ? tr("%1: the kernel no longer knows this connection.").arg(name)
                   : tr("%1: the kernel keeps only the state of a closed end that has sent everything.").arg(name);
    const KernelSocket::Path &path = *view.local->path;
    const QLocale locale;
    const QString rtt =
        path.rttUs == 0 ? tr("not measured yet") : tr("%1 ms").arg(locale.toString(double(path.rttUs) / 1000, 'f', 3));
    const qint64 bytes = view.local->unacknowledgedBytes() + status.unsentBytes;
    return tr("%1: round-trip time %2, %3, %4")
        .arg(name, rtt,
             path.retransmissions == 1 ? tr("1 retransmission")
                                       : tr("%1 retransmissions").arg(locale.toString(path.retransmissions)),
             bytes == 1 ? tr("1 byte not acknowledged") : tr("%1 bytes not acknowledged").arg(locale.toString(bytes)));
}

QString StateText::whyUnknown(KernelState::Availability availability)
{
    switch (availability) {
    case KernelState::Availability::NotLinux:
        return tr("this system does not report what its kernel knows about a connection; Linux does (sock_diag).");
    case KernelState::Availability::Refused:
        return tr(
            "the kernel was built without sock_diag, which reports connections, or this program is not permitted to "
            "use it.");
    case KernelState::Availability::Available:
        break;
    }
    return tr("the kernel does not know this connection.");
}

/// The meaning of a state that begins when the kernel queues the FIN, although the FIN has to wait. Empty for other
/// states.
QString StateText::meaningWhileFinWaits(TcpState state)
{
    switch (state) {
    case TcpState::FinWait1:
        return tr("this end has finished sending; its FIN follows the remaining data.");
    case TcpState::Closing:
        return tr("the peer's FIN has arrived, and this end has finished sending; its FIN follows the remaining data.");
    case TcpState::LastAck:
        return tr("this end has also finished sending; its FIN follows the remaining data.");
    default:
        return {};
    }
}

QString StateText::meaning(TcpState state)
{
    switch (state) {
    case TcpState::Closed:
        return tr("no connection at all.");
    case TcpState::Listen:
        return tr("waiting for a connection request from any remote TCP peer and port.");
    case TcpState::SynSent:
        return tr("waiting for a matching connection request after having sent a connection request.");
    case TcpState::SynReceived:
        return tr("waiting for a confirming acknowledgment after having both received and sent a connection request.");
    case TcpState::Established:
        return tr("an open connection; data received can be delivered to the user. The normal state for the data "
                  "transfer phase.");
    case TcpState::FinWait1:
        return tr("this end's FIN has been sent; waiting for its acknowledgment, or for the peer's FIN.");
    case TcpState::FinWait2:
        return tr("this end's FIN is acknowledged; waiting for the peer's FIN. The peer may still send.");
    case TcpState::CloseWait:
        return tr("the peer's FIN has arrived; waiting for a connection termination request from the local user. This "
                  "end may still send.\nIf this state lasts longer than a minute, the peer's kernel may have given "
                  "up (Linux: 60 s in FIN-WAIT-2), and then answers a late FIN with RST.");
    case TcpState::Closing:
        return tr("both ends sent FIN at once; waiting for the acknowledgment of this end's FIN.");
    case TcpState::LastAck:
        return tr("waiting for the acknowledgment of this end's FIN, which was sent second.");
    case TcpState::TimeWait:
        return tr("waiting for enough time to pass to be sure that the remote TCP peer received the acknowledgment of "
                  "its FIN, and that no old segments are left.");
    }
    return {};
}

// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "ledger.h"

#include "conversation/framer.h"
#include "dice.h"
#include "soakpeer.h"
#include "steps/steptext.h"

#include <QStringList>

Account::Account(const Ledger &ledger)
{
    for (const Step &step : ledger.steps) {
        switch (step.kind) {
        case StepKind::Send:
            sent += step.bytes;
            break;
        case StepKind::Recv:
        case StepKind::Skipped:
            received += step.bytes;
            incomplete = 0;
            break;
        case StepKind::Close:
            closed = true;
            break;
        case StepKind::Reset:
            resetByUs = true;
            break;
        case StepKind::FinishedSending:
            finishedSending = true;
            break;
        case StepKind::PeerFinished:
            peerFinished = true;
            break;
        case StepKind::ResetByPeer:
        case StepKind::TimedOut:
            failed = true;
            break;
        case StepKind::Unread:
            unread += step.bytes;
            incomplete = 0; // it is among them
            break;
        case StepKind::Undelivered:
            undelivered += step.bytes;
            break;
        case StepKind::Partial:
            incomplete = step.detail.isEmpty() ? 0 : step.bytes;
            break; // otherwise they wait
        default:
            break;
        }
    }
}

QString Account::text() const
{
    return QStringLiteral("our end sent %1 bytes, received %2, incomplete %3, unread %4, not acknowledged %5")
        .arg(sent)
        .arg(received)
        .arg(incomplete)
        .arg(unread)
        .arg(undelivered);
}

namespace {

/// Whether a step may follow the end of a connection: losses, and that a FIN waits or has left.
bool mayFollowTheEnd(StepKind kind)
{
    return kind == StepKind::Undelivered || kind == StepKind::Unread || kind == StepKind::Partial ||
           kind == StepKind::Cancelled || kind == StepKind::Closing || kind == StepKind::FinSent;
}

/// Walks through the steps of one connection in order.
class Walk
{
public:
    QString broken(const Step &step)
    {
        if (m_isOver)
            return mayFollowTheEnd(step.kind) ? QString() : QStringLiteral("a step follows the end");
        switch (step.kind) {
        case StepKind::Send:
            return message(step, m_sent, 2 * ++m_messages - 1);
        case StepKind::Recv:
            return m_peerFinished ? QStringLiteral("a message after the FIN")
                                  : message(step, m_received, 2 * ++m_messages);
        case StepKind::Skipped:
            return step.offset == std::exchange(m_received, m_received + step.bytes)
                       ? QString()
                       : QStringLiteral("the offset does not follow from the previous message");
        case StepKind::PeerFinished:
            m_peerFinished = true;
            return {};
        case StepKind::FinishedSending:
            if (std::exchange(m_finishWanted, true))
                return QStringLiteral("a second FIN");
            return step.bytes < 0 ? finSent() : QString();
        case StepKind::FinSent:
            return m_finishWanted ? finSent() : QStringLiteral("FIN left without a request");
        case StepKind::Close:
        case StepKind::Reset:
            return end(step);
        case StepKind::ResetByPeer:
        case StepKind::TimedOut:
        case StepKind::Error:
            m_isOver = true;
            return {};
        default:
            return {};
        }
    }
    bool isOver() const { return m_isOver; }

private:
    QString finSent()
    {
        if (std::exchange(m_finished, true))
            return QStringLiteral("FIN left twice");
        m_finishedFirst = !m_peerFinished;
        return {};
    }
    static QString message(const Step &step, qint64 &offset, int number)
    {
        if (step.number != number)
            return QStringLiteral("the number should be %1").arg(number);
        if (step.offset != std::exchange(offset, offset + step.bytes))
            return QStringLiteral("the offset does not follow from the previous message");
        if (step.payload.size() != qMin(step.size, Step::keptBytes))
            return QStringLiteral("the kept payload has the wrong size");
        return {};
    }
    /// A FIN that was seen while earlier messages still waited is logged after our own FIN, even if that left later.
    /// A hasty reset leaves both unread.
    QString end(const Step &step)
    {
        m_isOver = true;
        const int first = 2 * m_messages + 1;
        const bool isFirst = m_finished ? m_finishedFirst : !m_peerFinished;
        if (step.number == (isFirst ? first : first + 1))
            return {};
        const bool mayBeSecond = (m_finished && m_peerFinished) || step.kind == StepKind::Reset;
        return step.number == first + 1 && mayBeSecond ? QString() : QStringLiteral("the close has the wrong number");
    }

    qint64 m_sent = 0;
    qint64 m_received = 0;
    int m_messages = 0;
    bool m_peerFinished = false;
    bool m_finishWanted = false;
    bool m_finished = false;
    bool m_finishedFirst = false;
    bool m_isOver = false;
};

/// Returns everything that an end has sent in whole messages.
QByteArray streamOf(const Ledger &ledger)
{
    QByteArray stream;
    for (const Step &step : ledger.steps) {
        if (step.kind != StepKind::Send)
            continue;
        stream += Framer::framed(messageOfSize(step.size), step.framing);
    }
    return stream;
}

QString contentsOfRecv(const Ledger &ledger, const QByteArray &stream)
{
    for (const Step &step : ledger.steps) {
        if (step.kind != StepKind::Recv || step.offset + step.bytes > stream.size())
            continue;
        const auto wire = QByteArrayView(stream).sliced(step.offset, step.bytes);
        const qint64 extra = step.bytes - step.size;
        const QByteArrayView end = step.framing.endMarker();
        const bool hasEnd = extra >= end.size() && wire.endsWith(end);
        const bool fits = (hasEnd && wire.sliced(extra - end.size()).startsWith(step.payload)) ||
                          wire.sliced(extra).startsWith(step.payload);
        if (!fits)
            return QStringLiteral("the received bytes differ from the sent ones at offset %1").arg(step.offset);
        if (!step.unterminated && !step.part && !hasEnd)
            return QStringLiteral("a message without its terminator, at offset %1").arg(step.offset);
    }
    return {};
}

QString receiving(const Ledger &ledger, const Account &account, const SoakPeer &peer)
{
    if (account.taken() > peer.sent().size())
        return QStringLiteral("more was received than sent");
    if (account.peerFinished && account.received != peer.sent().size())
        return QStringLiteral("the peer's FIN arrived, but not everything that it sent before");
    if (account.failed && account.taken() < peer.delivered())
        return QStringLiteral("bytes that arrived before the reset are missing");
    const bool closedInOrder = account.closed && !account.finishedSending && peer.sawEnd() && !peer.sawReset();
    if (closedInOrder && account.taken() < peer.delivered())
        return QStringLiteral("bytes that arrived before the close are missing");
    return contentsOfRecv(ledger, peer.sent());
}

QString sending(const Ledger &ledger, const Account &account, const SoakPeer &peer)
{
    const QByteArray stream = streamOf(ledger);
    if (stream.size() != account.sent)
        return QStringLiteral("the sizes of the sent messages do not add up to the sent bytes");
    const auto received = QByteArrayView(peer.received());
    const auto common = qMin(received.size(), stream.size());
    if (received.first(common) != QByteArrayView(stream).first(common))
        return QStringLiteral("the bytes that the peer received differ from the sent ones");
    if (peer.sawEnd() && received.size() != account.sent)
        return QStringLiteral("the peer saw FIN, but did not receive everything that was sent before");
    if (qMax<qint64>(received.size(), account.undelivered) > ledger.commanded)
        return QStringLiteral("more was received, or not acknowledged, than was ever submitted for sending");
    // Received bytes may also be reported as not acknowledged, because an acknowledgement is delayed by up to 40 ms.
    // After a Close the kernel continues by itself, and the connection does not learn what the kernel could not
    // deliver.
    if (!account.closed && account.sent - account.undelivered > received.size() + peer.couldRead())
        return QStringLiteral("bytes were neither received nor reported as not acknowledged");
    return {};
}

} // namespace

QString Audit::own(const Ledger &ledger)
{
    Walk walk;
    for (const Step &step : ledger.steps) {
        if (const QString broken = walk.broken(step); !broken.isEmpty())
            return QStringLiteral("%1: %2").arg(StepText::line(step).left(80), broken);
    }
    return walk.isOver() ? QString() : QStringLiteral("the log has no end of the connection");
}

QString Audit::against(const Ledger &ledger, const SoakPeer &peer)
{
    const Account account(ledger);
    QString broken = receiving(ledger, account, peer);
    if (broken.isEmpty())
        broken = sending(ledger, account, peer);
    return broken.isEmpty() ? broken : QStringLiteral("%1 (%2; %3)").arg(broken, account.text(), peer.text());
}

QString Audit::oneWay(const Ledger &from, const Ledger &to)
{
    const Account sender(from);
    const Account receiver(to);
    const auto broken = [&](const char *rule) {
        return QStringLiteral("%1 (one end: %2; the other: %3)").arg(rule, sender.text(), receiver.text());
    };
    if (receiver.taken() > from.commanded)
        return broken("more was received than sent");
    if (receiver.peerFinished && receiver.received != sender.sent)
        return broken("the peer's FIN arrived, but not everything that it sent before");
    if (receiver.failed && !sender.closed && receiver.taken() < sender.sent - sender.undelivered)
        return broken("bytes were neither received nor reported as not acknowledged");
    return contentsOfRecv(to, streamOf(from));
}

QString Audit::text(const Ledger &ledger)
{
    constexpr size_t shown = 12;
    QStringList lines{QStringLiteral("%1 to %2, %3 steps and events, the last ones:")
                          .arg(ledger.local(), ledger.peer())
                          .arg(ledger.steps.size())};
    for (size_t i = ledger.steps.size() - qMin(shown, ledger.steps.size()); i < ledger.steps.size(); ++i) {
        const Step &step = ledger.steps[i];
        lines += QStringLiteral("  %1 %2").arg(StepText::line(step).left(60)).arg(step.bytes);
    }
    return lines.join(u'\n');
}

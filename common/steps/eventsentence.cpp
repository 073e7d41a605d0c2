// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "eventsentence.h"

#include <QCoreApplication>

#include <algorithm>

namespace {

struct EventSentenceStrings {
    Q_DECLARE_TR_FUNCTIONS(EventSentence)
};

QString closingSentence(qint64 bytes)
{
    if (bytes < 0)
        return EventSentenceStrings::tr("Closing when all data has been sent");
    return bytes == 1 ? EventSentenceStrings::tr("Closing when the last byte has been sent")
                      : EventSentenceStrings::tr("Closing when the last %1 bytes have been sent").arg(bytes);
}

QString unreadSentence(qint64 bytes)
{
    if (bytes < 0)
        return EventSentenceStrings::tr("Sent RST, not FIN: received bytes were unread");
    return bytes == 1 ? EventSentenceStrings::tr("Sent RST, not FIN: 1 received byte was unread")
                      : EventSentenceStrings::tr("Sent RST, not FIN: %1 received bytes were unread").arg(bytes);
}

QString undeliveredSentence(qint64 bytes)
{
    return bytes < 0
               ? EventSentenceStrings::tr("Bytes not acknowledged by the peer")
               : EventSentenceStrings::tr("%1 not acknowledged by the peer").arg(EventSentence::bytesPhrase(bytes));
}

QString readingAgainSentence(qint64 bytes)
{
    return bytes < 0 ? EventSentenceStrings::tr("Reading again")
                     : EventSentenceStrings::tr("Reading again: %1 waited in the kernel")
                           .arg(EventSentence::bytesPhrase(bytes));
}

QString hex(QByteArrayView bytes)
{
    return QString::fromLatin1(bytes.toByteArray().toHex());
}

/// What bytes wait for, with its article.
QString awaited(const Framing &framing)
{
    switch (framing.kind()) {
    case Framing::Kind::Fixed:
    case Framing::Kind::Length:
        return EventSentenceStrings::tr("the rest of a message");
    case Framing::Kind::Between:
        return EventSentenceStrings::tr("a message from %1 to %2")
            .arg(hex(framing.beginMarker()), hex(framing.endMarker()));
    default:
        return EventSentenceStrings::tr("a %1", "terminator").arg(EventSentence::terminatorName(framing));
    }
}

QString partialSentence(const Step &step)
{
    const QString terminator = awaited(step.framing);
    if (step.bytes < 0)
        return EventSentenceStrings::tr("Bytes wait for %1").arg(terminator);
    return step.bytes == 1
               ? EventSentenceStrings::tr("1 byte waits for %1").arg(terminator)
               : EventSentenceStrings::tr("%1 bytes wait for %2").arg(QString::number(step.bytes), terminator);
}

QString connectedSentence(const Step &step)
{
    if (step.side == Side::Server)
        return EventSentenceStrings::tr("Accepted %1").arg(step.peer);
    return step.local.isEmpty() ? EventSentenceStrings::tr("Connected to %1").arg(step.peer)
                                : EventSentenceStrings::tr("Connected to %1 from %2").arg(step.peer, step.local);
}

} // namespace

QString EventSentence::bytesPhrase(qint64 bytes)
{
    return bytes == 1 ? EventSentenceStrings::tr("1 byte") : EventSentenceStrings::tr("%1 bytes").arg(bytes);
}

QString EventSentence::of(const Step &step)
{
    switch (step.kind) {
    case StepKind::Listening:
        return EventSentenceStrings::tr("Listening on %1").arg(step.local);
    case StepKind::Connecting:
        return EventSentenceStrings::tr("Connecting to %1").arg(step.peer);
    case StepKind::Connected:
        return connectedSentence(step);
    case StepKind::PeerFinished:
        return EventSentenceStrings::tr(
            "FIN received: the peer sends no more. TCP does not say whether it still receives; "
            "only a reply will show.");
    case StepKind::FinishedSending:
        return step.bytes >= 0 ? EventSentenceStrings::tr(
                                     "Finished sending: FIN follows the remaining data; this end still receives")
                               : EventSentenceStrings::tr("Finished sending: FIN sent, this end still receives");
    case StepKind::FinSent:
        return EventSentenceStrings::tr("FIN sent: all data before it has been sent");
    case StepKind::Closing:
        return closingSentence(step.bytes);
    case StepKind::Refused:
        return step.peer.isEmpty()
                   ? EventSentenceStrings::tr("Connection refused")
                   : EventSentenceStrings::tr("Connection refused: nothing listens on %1").arg(step.peer);
    case StepKind::Unreachable:
        return step.peer.isEmpty() ? EventSentenceStrings::tr("The peer cannot be reached")
                                   : EventSentenceStrings::tr("%1 cannot be reached").arg(step.peer);
    case StepKind::NotFound:
        return step.peer.isEmpty() ? EventSentenceStrings::tr("No host has this name")
                                   : EventSentenceStrings::tr("No host has the name %1").arg(step.peer);
    case StepKind::ResetByPeer:
        return EventSentenceStrings::tr("Reset by the peer");
    case StepKind::TimedOut:
        return EventSentenceStrings::tr("Timed out: the peer did not answer");
    case StepKind::Cancelled:
        return EventSentenceStrings::tr("Cancelled");
    case StepKind::Undelivered:
        return undeliveredSentence(step.bytes);
    case StepKind::Unread:
        return unreadSentence(step.bytes);
    case StepKind::Partial:
        return partialSentence(step);
    case StepKind::Skipped:
        return EventSentenceStrings::tr("%1 came outside of any message")
            .arg(EventSentence::bytesPhrase(std::max<qint64>(0, step.bytes)));
    case StepKind::ReadingStopped:
        return EventSentenceStrings::tr("Stopped reading: what the peer sends stays in the kernel");
    case StepKind::ReadingAgain:
        return readingAgainSentence(step.bytes);
    case StepKind::AcceptPaused:
        return EventSentenceStrings::tr("Accepting is paused: no more connections fit. It resumes by itself.");
    case StepKind::AcceptResumed:
        return EventSentenceStrings::tr("Accepting again");
    case StepKind::TurnedAway:
        return EventSentenceStrings::tr("Turned away %1: its address is not allowed").arg(step.peer);
    case StepKind::Limit:
        return EventSentenceStrings::tr("A limit is reached");
    case StepKind::Capture:
        return EventSentenceStrings::tr("Something changed about the capture");
    case StepKind::Session:
        return EventSentenceStrings::tr("Something changed about the session file");
    case StepKind::Rule:
        return EventSentenceStrings::tr("Something happened to a rule for replies");
    case StepKind::File:
        return EventSentenceStrings::tr("Something happened to a file that is being sent");
    case StepKind::Stopped:
        return step.local.isEmpty() ? EventSentenceStrings::tr("Stopped listening")
                                    : EventSentenceStrings::tr("Stopped listening on %1").arg(step.local);
    case StepKind::Error:
    case StepKind::Send:
    case StepKind::Recv:
    case StepKind::Close:
    case StepKind::Reset:
        break;
    }
    return EventSentenceStrings::tr("An error");
}

QString EventSentence::terminatorName(const Framing &framing)
{
    switch (framing.kind()) {
    case Framing::Kind::Nul:
        return EventSentenceStrings::tr("NUL");
    case Framing::Kind::Newline:
        return EventSentenceStrings::tr("newline");
    case Framing::Kind::CrLf:
        return EventSentenceStrings::tr("CR LF");
    case Framing::Kind::End:
    case Framing::Kind::Between:
        return EventSentenceStrings::tr("marker %1").arg(hex(framing.endMarker()));
    case Framing::Kind::Fixed:
    case Framing::Kind::Length:
        return EventSentenceStrings::tr("rest", "of a message");
    case Framing::Kind::None:
    case Framing::Kind::Silence:
        break;
    }
    return EventSentenceStrings::tr("terminator");
}

// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "shortevent.h"

#include "eventsentence.h"

#include <QCoreApplication>

#include <array>

using namespace Qt::Literals::StringLiterals;

namespace {

struct ShortEventStrings {
    Q_DECLARE_TR_FUNCTIONS(ShortEvent)
};

/// Characters that fit into a row of a window of 640 points.
constexpr qsizetype room = 56;

/// The fixed text of a row; empty for most kinds.
QString fixedText(const Step &step)
{
    switch (step.kind) {
    case StepKind::Connected:
        return step.side == Side::Client ? ShortEventStrings::tr("Connected") : QString();
    case StepKind::PeerFinished:
        return ShortEventStrings::tr("FIN received");
    case StepKind::Refused:
        return ShortEventStrings::tr("Refused");
    default:
        return {};
    }
}

/// The length of the first sentence without the period; if it is long, of its first clauses that fit.
qsizetype firstWords(QStringView text)
{
    qsizetype sentence = text.indexOf(". "_L1);
    if (sentence < 0)
        sentence = text.endsWith(u'.') ? text.size() - 1 : text.size();
    if (sentence <= room)
        return sentence;
    qsizetype fits = -1;
    for (qsizetype i = 1; i + 1 < sentence; ++i) {
        const bool isClause = (text[i] == u':' || text[i] == u';') && text[i + 1] == u' ';
        if (isClause && (i <= room || fits < 0))
            fits = i;
    }
    return fits < 0 ? sentence : fits;
}

QString meaningOfRecv(const Step &step)
{
    if (step.part)
        return ShortEventStrings::tr("A part of a message that is longer than 16 MiB.");
    if (step.unterminated)
        return ShortEventStrings::tr("The message ended without a %1.")
            .arg(EventSentence::terminatorName(step.framing));
    switch (step.framing.kind()) {
    case Framing::Kind::None:
        return ShortEventStrings::tr("TCP carries bytes, not messages. This is what one read returned.");
    case Framing::Kind::Silence:
        return ShortEventStrings::tr("TCP carries bytes, not messages. This message ended when nothing came for %1 ms.")
            .arg(step.framing.silenceMs());
    case Framing::Kind::Fixed:
    case Framing::Kind::Length:
        return ShortEventStrings::tr("TCP carries bytes, not messages. This message is complete: all of its bytes have "
                                     "been read.");
    default:
        break;
    }
    return ShortEventStrings::tr("TCP carries bytes, not messages. This message is complete: its %1 has been read.")
        .arg(EventSentence::terminatorName(step.framing));
}

/// The number is odd if this end sent its FIN or RST first (StepNumbering).
QString meaningOfClose(const Step &step)
{
    if (step.kind == StepKind::Reset)
        return ShortEventStrings::tr("RST ends the connection at once, for both ends. Nothing acknowledges it.");
    return step.number % 2 == 1
               ? ShortEventStrings::tr("An odd number: this end finished sending before it saw the peer's FIN.")
               : ShortEventStrings::tr("An even number: this end saw the peer's FIN before it finished sending.");
}

} // namespace

StepText::Escaped StepText::shortLine(const Step &step, qsizetype maxCharacters)
{
    if (!step.isEvent())
        return markedLine(step, maxCharacters);
    if (const QString text = fixedText(step); !text.isEmpty())
        return {text, {}};
    Escaped line = markedLine(step, maxCharacters);
    const qsizetype length = firstWords(line.text);
    line.text.truncate(length);
    line.escapes.removeIf([length](const Range &range) { return range.start + range.length > length; });
    return line;
}

QString StepText::meaningOfRefusal(const QString &icmpError, const QString &reporter)
{
    return icmpError.isEmpty()
               ? ShortEventStrings::tr("Refused by RST: the answer to SYN came from TCP, and nothing listens there.")
               : ShortEventStrings::tr("Refused by ICMP: %1 answered to SYN with \"%2\".").arg(reporter, icmpError);
}

QString StepText::meaning(const Step &step)
{
    switch (step.kind) {
    case StepKind::Send:
        return ShortEventStrings::tr(
            "The kernel has taken the last byte. Only an acknowledgement shows that it has arrived.");
    case StepKind::Recv:
        return meaningOfRecv(step);
    case StepKind::Close:
    case StepKind::Reset:
        return meaningOfClose(step);
    case StepKind::Listening:
        return ShortEventStrings::tr(
            "The kernel answers each SYN to this port, and completes the handshake by itself.");
    case StepKind::Connecting:
        return ShortEventStrings::tr("The kernel sends SYN, and waits for SYN-ACK.");
    case StepKind::Connected:
        return step.side == Side::Client
                   ? ShortEventStrings::tr("SYN and SYN-ACK have been exchanged: both ends may send.")
                   : ShortEventStrings::tr("The kernel completed the handshake before accept() returned.");
    case StepKind::Refused:
        return ShortEventStrings::tr(
            "The answer to SYN was RST, if nothing listens there, or an ICMP error, if a firewall "
            "rejects the connection. A capture shows which.");
    case StepKind::ResetByPeer:
        return ShortEventStrings::tr("RST came: the connection is over for both ends, and nothing is sent any more.");
    case StepKind::Undelivered:
        return ShortEventStrings::tr("These bytes may have arrived or not: no acknowledgement for them came back.");
    case StepKind::Unread:
        if (!step.detail.isEmpty())
            return {}; // it says so itself
        return ShortEventStrings::tr(
            "Linux sends RST instead of FIN where a socket is closed with received bytes unread.");
    case StepKind::ReadingStopped:
        return ShortEventStrings::tr(
            "TCP goes on receiving, and acknowledges, until its receive buffer is full. Each acknowledgement announces "
            "a smaller window, in the end zero: then the peer's TCP has to wait, and probes the window from time to "
            "time.");
    case StepKind::ReadingAgain:
        return ShortEventStrings::tr("What is read leaves room in the receive buffer. As soon as there is enough, TCP "
                                     "announces a larger window.");
    default:
        return {};
    }
}

// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "steptext.h"

#include "base/utf8.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <array>

using namespace Qt::Literals::StringLiterals;

namespace {

struct StepTextStrings {
    Q_DECLARE_TR_FUNCTIONS(StepText)
};

/// In the order of StepKind.
constexpr std::array kindWords = {
    "send"_L1,          "recv"_L1,           "close"_L1,
    "reset"_L1,         "listening"_L1,      "connecting"_L1,
    "connected"_L1,     "peer-finished"_L1,  "finished-sending"_L1,
    "fin-sent"_L1,      "closing"_L1,        "refused"_L1,
    "unreachable"_L1,   "not-found"_L1,      "reset-by-peer"_L1,
    "timed-out"_L1,     "cancelled"_L1,      "undelivered"_L1,
    "unread"_L1,        "partial"_L1,        "skipped"_L1,
    "accept-paused"_L1, "accept-resumed"_L1, "turned-away"_L1,
    "limit"_L1,         "capture"_L1,        "session"_L1,
    "error"_L1,         "stopped"_L1,
};
static_assert(kindWords.size() == size_t(StepKind::Stopped) + 1);

template<size_t size, typename Value>
bool findWord(const std::array<QLatin1StringView, size> &words, QStringView word, Value &value)
{
    const auto found = std::find(words.begin(), words.end(), word);
    if (found == words.end())
        return false;
    value = Value(found - words.begin());
    return true;
}

/// Appends \x1b, \u202e, \U000e0001: the letter says how many hexadecimal digits follow.
void appendHex(QString &text, char16_t letter, int digits, char32_t code)
{
    text += u'\\';
    text += letter;
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4)
        text += u"0123456789abcdef"[(code >> shift) & 0xF];
}

void appendEscape(QString &text, const Utf8::Character &character, uchar byte)
{
    if (!character.isValid)
        appendHex(text, u'x', 2, byte);
    else if (character.code == '\n')
        text += "\\n"_L1;
    else if (character.code == '\r')
        text += "\\r"_L1;
    else if (character.code == '\t')
        text += "\\t"_L1;
    else if (character.code < 0x80)
        appendHex(text, u'x', 2, character.code);
    else if (character.code < 0x10000)
        appendHex(text, u'u', 4, character.code);
    else
        appendHex(text, u'U', 8, character.code);
}

/// Appends bytes to escaped; false if there were more than maxCharacters.
bool appendEscaped(StepText::Escaped &escaped, QByteArrayView bytes, qsizetype maxCharacters)
{
    qsizetype count = 0;
    for (qsizetype i = 0; i < bytes.size(); ++count) {
        if (count == maxCharacters)
            return false;
        const Utf8::Character character = Utf8::at(bytes, i);
        const qsizetype start = escaped.text.size();
        if (character.isValid && !Utf8::isHidden(character.code)) {
            escaped.text += QChar::fromUcs4(character.code);
        } else {
            appendEscape(escaped.text, character, uchar(bytes[i]));
            QList<StepText::Range> &escapes = escaped.escapes;
            if (!escapes.isEmpty() && escapes.last().start + escapes.last().length == start)
                escapes.last().length += escaped.text.size() - start;
            else
                escapes.append({start, escaped.text.size() - start});
        }
        i += character.length;
    }
    return true;
}

QString bytesPhrase(qint64 bytes)
{
    return bytes == 1 ? StepTextStrings::tr("1 byte") : StepTextStrings::tr("%1 bytes").arg(bytes);
}

QString closingSentence(qint64 bytes)
{
    if (bytes < 0)
        return StepTextStrings::tr("Closing when all data has been sent");
    return bytes == 1 ? StepTextStrings::tr("Closing when the last byte has been sent")
                      : StepTextStrings::tr("Closing when the last %1 bytes have been sent").arg(bytes);
}

QString unreadSentence(qint64 bytes)
{
    if (bytes < 0)
        return StepTextStrings::tr("Sent RST, not FIN: received bytes were unread");
    return bytes == 1 ? StepTextStrings::tr("Sent RST, not FIN: 1 received byte was unread")
                      : StepTextStrings::tr("Sent RST, not FIN: %1 received bytes were unread").arg(bytes);
}

QString undeliveredSentence(qint64 bytes)
{
    return bytes < 0 ? StepTextStrings::tr("Bytes not acknowledged by the peer")
                     : StepTextStrings::tr("%1 not acknowledged by the peer").arg(bytesPhrase(bytes));
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
        return StepTextStrings::tr("the rest of a message");
    case Framing::Kind::Between:
        return StepTextStrings::tr("a message from %1 to %2").arg(hex(framing.beginMarker()), hex(framing.endMarker()));
    default:
        return StepTextStrings::tr("a %1", "terminator").arg(StepText::terminatorName(framing));
    }
}

QString partialSentence(const Step &step)
{
    const QString terminator = awaited(step.framing);
    if (step.bytes < 0)
        return StepTextStrings::tr("Bytes wait for %1").arg(terminator);
    return step.bytes == 1 ? StepTextStrings::tr("1 byte waits for %1").arg(terminator)
                           : StepTextStrings::tr("%1 bytes wait for %2").arg(QString::number(step.bytes), terminator);
}

QString connectedSentence(const Step &step)
{
    if (step.side == Side::Server)
        return StepTextStrings::tr("Accepted %1").arg(step.peer);
    return step.local.isEmpty() ? StepTextStrings::tr("Connected to %1").arg(step.peer)
                                : StepTextStrings::tr("Connected to %1 from %2").arg(step.peer, step.local);
}

/// The text of an event without a sentence of its own.
QString sentence(const Step &step)
{
    switch (step.kind) {
    case StepKind::Listening:
        return StepTextStrings::tr("Listening on %1").arg(step.local);
    case StepKind::Connecting:
        return StepTextStrings::tr("Connecting to %1").arg(step.peer);
    case StepKind::Connected:
        return connectedSentence(step);
    case StepKind::PeerFinished:
        return StepTextStrings::tr("FIN received: the peer sends no more. TCP does not say whether it still receives; "
                                   "only a reply will show.");
    case StepKind::FinishedSending:
        return step.bytes >= 0
                   ? StepTextStrings::tr("Finished sending: FIN follows the remaining data; this end still receives")
                   : StepTextStrings::tr("Finished sending: FIN sent, this end still receives");
    case StepKind::FinSent:
        return StepTextStrings::tr("FIN sent: all data before it has been sent");
    case StepKind::Closing:
        return closingSentence(step.bytes);
    case StepKind::Refused:
        return step.peer.isEmpty() ? StepTextStrings::tr("Connection refused")
                                   : StepTextStrings::tr("Connection refused: nothing listens on %1").arg(step.peer);
    case StepKind::Unreachable:
        return step.peer.isEmpty() ? StepTextStrings::tr("The peer cannot be reached")
                                   : StepTextStrings::tr("%1 cannot be reached").arg(step.peer);
    case StepKind::NotFound:
        return step.peer.isEmpty() ? StepTextStrings::tr("No host has this name")
                                   : StepTextStrings::tr("No host has the name %1").arg(step.peer);
    case StepKind::ResetByPeer:
        return StepTextStrings::tr("Reset by the peer");
    case StepKind::TimedOut:
        return StepTextStrings::tr("Timed out: the peer did not answer");
    case StepKind::Cancelled:
        return StepTextStrings::tr("Cancelled");
    case StepKind::Undelivered:
        return undeliveredSentence(step.bytes);
    case StepKind::Unread:
        return unreadSentence(step.bytes);
    case StepKind::Partial:
        return partialSentence(step);
    case StepKind::Skipped:
        return StepTextStrings::tr("%1 came outside of any message").arg(bytesPhrase(std::max<qint64>(0, step.bytes)));
    case StepKind::AcceptPaused:
        return StepTextStrings::tr("Accepting is paused: no more connections fit. It resumes by itself.");
    case StepKind::AcceptResumed:
        return StepTextStrings::tr("Accepting again");
    case StepKind::TurnedAway:
        return StepTextStrings::tr("Turned away %1: its address is not allowed").arg(step.peer);
    case StepKind::Limit:
        return StepTextStrings::tr("A limit is reached");
    case StepKind::Capture:
        return StepTextStrings::tr("Something changed about the capture");
    case StepKind::Session:
        return StepTextStrings::tr("Something changed about the session file");
    case StepKind::Stopped:
        return step.local.isEmpty() ? StepTextStrings::tr("Stopped listening")
                                    : StepTextStrings::tr("Stopped listening on %1").arg(step.local);
    case StepKind::Error:
    case StepKind::Send:
    case StepKind::Recv:
    case StepKind::Close:
    case StepKind::Reset:
        break;
    }
    return StepTextStrings::tr("An error");
}

/// "NUL", "2 B" of a length prefix: what the bytes of a message are besides its payload.
QString overheadName(const Step &step)
{
    switch (step.framing.kind()) {
    case Framing::Kind::Nul:
    case Framing::Kind::Newline:
    case Framing::Kind::CrLf:
    case Framing::Kind::None:
        return StepText::terminatorName(step.framing);
    default:
        return StepText::size(step.bytes - step.size);
    }
}

/// "1.5 MiB" for bytes of at least 1 KiB.
QString inUnits(qint64 bytes)
{
    static constexpr std::array units = {"KiB"_L1, "MiB"_L1, "GiB"_L1, "TiB"_L1};
    double value = double(bytes) / 1024;
    size_t unit = 0;
    for (; value >= 1023.95 && unit + 1 < units.size(); ++unit)
        value /= 1024;
    QString number = QString::number(value, 'f', 1);
    if (number.endsWith(".0"_L1))
        number.chop(2);
    return number + u' ' + units[unit];
}

} // namespace

StepText::Escaped StepText::escaped(QByteArrayView bytes, qsizetype maxCharacters)
{
    Escaped result;
    result.text.reserve(maxCharacters < 0 ? bytes.size() : std::min(maxCharacters, bytes.size()));
    if (!appendEscaped(result, bytes, maxCharacters))
        result.text += u'…';
    return result;
}

QString StepText::line(const Step &step, qsizetype maxCharacters)
{
    return markedLine(step, maxCharacters).text;
}

StepText::Escaped StepText::markedLine(const Step &step, qsizetype maxCharacters)
{
    if (step.isEvent())
        return escaped((step.detail.isEmpty() ? sentence(step) : step.detail).toUtf8(), maxCharacters);
    Escaped result;
    result.text = u'[' + QString::number(step.number) + "] "_L1;
    if (step.kind == StepKind::Close || step.kind == StepKind::Reset) {
        result.text += step.kind == StepKind::Close ? "Close Socket"_L1 : "Reset Socket"_L1;
        return result;
    }
    result.text += step.kind == StepKind::Send ? "Send: "_L1 : "Recv: "_L1;
    const QByteArrayView kept = step.isCut() ? Utf8::whole(step.payload) : QByteArrayView(step.payload);
    if (!appendEscaped(result, kept, maxCharacters) || step.isCut())
        result.text += u'…';
    return result;
}

QString StepText::clock(const StepTime &time)
{
    const qint64 ms = time.wallUs >= 0 ? time.wallUs / 1000 : (time.wallUs - 999) / 1000;
    const QString text = QDateTime::fromMSecsSinceEpoch(ms).toString(u"HH:mm:ss.zzz"_s);
    return text + QString::number(time.wallUs - ms * 1000).rightJustified(3, u'0');
}

QString StepText::connection(const Step &step)
{
    return step.connection > 0 ? u'#' + QString::number(step.connection) : QString();
}

QString StepText::size(qint64 bytes)
{
    if (bytes < 0)
        return {};
    return bytes < 1024 ? QString::number(bytes) + " B"_L1 : inUnits(bytes);
}

QString StepText::exactSize(qint64 bytes)
{
    return QLocale().toString(bytes) + " B"_L1;
}

QString StepText::exactSizeExplained(const Step &step)
{
    if (step.bytes < 0)
        return {};
    const QString size = exactSize(step.bytes);
    return step.isMessage() ? StepTextStrings::tr("%1 (%2)", "bytes, what they are").arg(size, sizeExplained(step))
                            : size;
}

QString StepText::sizeExplained(const Step &step)
{
    if (step.bytes < 0)
        return {};
    if (!step.isMessage())
        return bytesPhrase(step.bytes);
    QString text = step.part ? size(step.size) : QString::number(step.size);
    if (step.bytes > step.size)
        text += " + "_L1 + overheadName(step);
    if (step.unterminated)
        text = StepTextStrings::tr("%1, unterminated").arg(text);
    return step.part ? StepTextStrings::tr("%1, a part").arg(text) : text;
}

QLatin1StringView StepText::word(StepKind kind)
{
    return kindWords[size_t(kind)];
}

bool StepText::fromWord(QStringView word, StepKind &kind)
{
    return findWord(kindWords, word, kind);
}

QLatin1StringView StepText::word(Side side)
{
    return side == Side::Server ? "server"_L1 : "client"_L1;
}

QString StepText::terminatorName(const Framing &framing)
{
    switch (framing.kind()) {
    case Framing::Kind::Nul:
        return StepTextStrings::tr("NUL");
    case Framing::Kind::Newline:
        return StepTextStrings::tr("newline");
    case Framing::Kind::CrLf:
        return StepTextStrings::tr("CR LF");
    case Framing::Kind::End:
    case Framing::Kind::Between:
        return StepTextStrings::tr("marker %1").arg(hex(framing.endMarker()));
    case Framing::Kind::Fixed:
    case Framing::Kind::Length:
        return StepTextStrings::tr("rest", "of a message");
    case Framing::Kind::None:
    case Framing::Kind::Silence:
        break;
    }
    return StepTextStrings::tr("terminator");
}

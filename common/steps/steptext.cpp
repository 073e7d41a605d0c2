// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "steptext.h"

#include "base/utf8.h"
#include "eventsentence.h"

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
    "send"_L1,
    "recv"_L1,
    "close"_L1,
    "reset"_L1,
    "listening"_L1,
    "connecting"_L1,
    "connected"_L1,
    "peer-finished"_L1,
    "finished-sending"_L1,
    "fin-sent"_L1,
    "closing"_L1,
    "refused"_L1,
    "unreachable"_L1,
    "not-found"_L1,
    "reset-by-peer"_L1,
    "timed-out"_L1,
    "cancelled"_L1,
    "undelivered"_L1,
    "unread"_L1,
    "partial"_L1,
    "skipped"_L1,
    "reading-stopped"_L1,
    "reading-again"_L1,
    "accept-paused"_L1,
    "accept-resumed"_L1,
    "turned-away"_L1,
    "limit"_L1,
    "capture"_L1,
    "session"_L1,
    "rule"_L1,
    "file"_L1,
    "error"_L1,
    "stopped"_L1,
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

/// "NUL", "2 B" of a length prefix: what the bytes of a message are besides its payload.
QString overheadName(const Step &step)
{
    switch (step.framing.kind()) {
    case Framing::Kind::Nul:
    case Framing::Kind::Newline:
    case Framing::Kind::CrLf:
    case Framing::Kind::None:
        return EventSentence::terminatorName(step.framing);
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
        return escaped((step.detail.isEmpty() ? EventSentence::of(step) : step.detail).toUtf8(), maxCharacters);
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
        return EventSentence::bytesPhrase(step.bytes);
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
    return sideWords.at(size_t(side));
}

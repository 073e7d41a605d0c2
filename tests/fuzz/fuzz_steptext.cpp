// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "input.h"
#include "steps/steptext.h"

#include <array>

using namespace Qt::Literals::StringLiterals;
using Fuzz::check;

namespace {

/// Unicode's Default_Ignorable_Code_Point and the noncharacters of the BMP, which are invisible. They are listed here
/// again, so that the target does not use the code that it checks.
bool isIgnorable(char32_t code)
{
    static constexpr std::array<std::array<char32_t, 2>, 18> spans = {{
        {0xAD, 0xAD},
        {0x34F, 0x34F},
        {0x61C, 0x61C},
        {0x115F, 0x1160},
        {0x17B4, 0x17B5},
        {0x180B, 0x180F},
        {0x200B, 0x200F},
        {0x202A, 0x202E},
        {0x2060, 0x206F},
        {0x3164, 0x3164},
        {0xFE00, 0xFE0F},
        {0xFEFF, 0xFEFF},
        {0xFFA0, 0xFFA0},
        {0xFFF0, 0xFFF8},
        {0x1BCA0, 0x1BCA3},
        {0x1D173, 0x1D17A},
        {0xE0000, 0xE0FFF},
        {0xFDD0, 0xFDEF},
    }};
    return std::any_of(spans.begin(), spans.end(),
                       [code](const auto &span) { return code >= span[0] && code <= span[1]; });
}

void checkHarmless(const QString &text)
{
    check(text.isValidUtf16(), "no lone surrogates");
    for (const uint code : text.toUcs4()) {
        check(code >= 0x20 && (code < 0x7F || code > 0x9F), "no control characters, no newline");
        check(code != 0x2028 && code != 0x2029, "no line or paragraph separator");
        check(!isIgnorable(code) && QChar::category(code) != QChar::Other_Format, "nothing that is not seen");
        check((code & 0xFFFE) != 0xFFFE, "no noncharacters");
    }
}

/// Returns the bytes that a run of escapes represents; fails if the run is anything else.
QByteArray unescaped(QStringView run)
{
    QByteArray bytes;
    for (qsizetype at = 0; at < run.size();) {
        check(run.size() - at >= 2 && run[at] == u'\\', "an escape begins with a backslash");
        const char16_t letter = run[at + 1].unicode();
        at += 2;
        if (const qsizetype simple = "nrt"_L1.indexOf(QChar(letter)); simple >= 0) {
            bytes.append("\n\r\t"[simple]);
            continue;
        }
        const qsizetype digits = letter == u'x' ? 2 : letter == u'u' ? 4 : letter == u'U' ? 8 : 0;
        check(digits > 0 && run.size() - at >= digits, "an escape is \\n, \\r, \\t, \\x, \\u or \\U with its digits");
        bool isNumber = false;
        const char32_t code = run.sliced(at, digits).toUInt(&isNumber, 16);
        check(isNumber, "an escape has hexadecimal digits");
        at += digits;
        if (digits == 2)
            bytes.append(char(code));
        else
            bytes.append(QStringView(QChar::fromUcs4(code)).toUtf8());
    }
    return bytes;
}

/// Returns the bytes that an escaped text represents, from a position on; checks its ranges.
QByteArray source(const StepText::Escaped &escaped, qsizetype from)
{
    QByteArray bytes;
    qsizetype at = from;
    for (const StepText::Range &range : escaped.escapes) {
        check(range.length > 0 && range.start >= from, "an escape is not empty, and is in what is escaped");
        check(range.start > at || at == from, "escapes are in order, and those that touch are one");
        check(range.length <= escaped.text.size() - range.start, "an escape lies in its text");
        bytes += QStringView(escaped.text).sliced(at, range.start - at).toUtf8();
        bytes += unescaped(QStringView(escaped.text).sliced(range.start, range.length));
        at = range.start + range.length;
    }
    return bytes + QStringView(escaped.text).sliced(at).toUtf8();
}

/// Checks that a cut text is the beginning of the whole text, followed by an ellipsis.
void checkCut(const StepText::Escaped &cut, const StepText::Escaped &whole)
{
    checkHarmless(cut.text);
    source(cut, 0);
    check(cut.text == whole.text || (cut.text.endsWith(u'…') && whole.text.startsWith(cut.text.chopped(1))),
          "a cut text is the beginning of the whole one");
}

void checkEscaped(QByteArrayView bytes, qsizetype maxCharacters)
{
    const StepText::Escaped whole = StepText::escaped(bytes);
    checkHarmless(whole.text);
    check(source(whole, 0) == bytes, "an escaped text stands for its bytes");
    checkCut(StepText::escaped(bytes, maxCharacters), whole);
}

void checkStep(const Step &step, qsizetype maxCharacters)
{
    const StepText::Escaped whole = StepText::markedLine(step);
    checkHarmless(whole.text);
    if (step.isMessage()) {
        const QString start = u"[%1] %2: "_s.arg(step.number).arg(step.kind == StepKind::Send ? "Send"_L1 : "Recv"_L1);
        check(whole.text.startsWith(start), "a message's line begins with its number and kind");
        QByteArray shown = source(whole, start.size());
        if (step.isCut()) {
            check(whole.text.endsWith(u'…'), "a message of which only the beginning is kept says so");
            shown.chop(3);
        }
        check(step.payload.startsWith(shown) && step.payload.size() - shown.size() <= (step.isCut() ? 3 : 0),
              "a message's line shows all that is kept of it, but for a cut character");
    }
    checkCut(StepText::markedLine(step, maxCharacters), whole);
    for (const QString &text : {StepText::sizeExplained(step), StepText::size(step.bytes), StepText::connection(step)})
        checkHarmless(text);
}

/// Creates a string as a session file may contain it, also with lone surrogates.
QString wideText(QByteArrayView bytes)
{
    QString text;
    for (qsizetype i = 0; i + 1 < bytes.size(); i += 2)
        text += QChar(uchar(bytes[i]), uchar(bytes[i + 1]));
    return text;
}

} // namespace

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Fuzz::Input input(data, size);
    const qsizetype maxCharacters = input.byte() - 1;
    const int flags = input.byte();
    Step step;
    step.side = flags & 1 ? Side::Server : Side::Client;
    step.unterminated = flags & 2;
    step.part = flags & 4;
    const Framing framings[] = {Framing::Nul,
                                Framing::Newline,
                                Framing::None,
                                Framing::CrLf,
                                Framing::fixedSize(2),
                                Framing::between("\x02", "\x03"),
                                Framing::lengthPrefix({.width = 2})};
    step.framing = framings[flags / 8 % 7];
    const bool isCut = flags & 0x80;
    step.kind = StepKind(input.byte() % (int(StepKind::Stopped) + 1));
    step.number = step.isEvent() ? 0 : 1 + input.byte();
    step.bytes = input.byte() - 1;
    step.peer = wideText(input.bytes(input.byte() % 64));
    step.local = wideText(input.bytes(input.byte() % 64));
    step.detail = wideText(input.bytes(input.byte() % 64));
    step.payload = input.rest().toByteArray();
    step.size = step.payload.size() + (isCut ? 1 : 0);

    checkEscaped(step.payload, maxCharacters);
    checkStep(step, maxCharacters);
    return 0;
}

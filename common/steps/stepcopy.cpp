// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "stepcopy.h"

#include "steptext.h"

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype hexRow = 16;   ///< bytes
constexpr qsizetype arrayRow = 12; ///< bytes: lines of 76 characters

void appendByte(QString &text, char byte)
{
    const auto value = uchar(byte);
    text += u"0123456789abcdef"[value >> 4];
    text += u"0123456789abcdef"[value & 0xF];
}

/// "kept: the first 64 of 100 bytes"; empty if all were kept.
QString keptText(const Step &step)
{
    return step.isCut() ? StepCopy::tr("kept: the first %1 of %2 bytes").arg(step.payload.size()).arg(step.size)
                        : QString();
}

} // namespace

void StepCopy::add(const Step &step)
{
    if (step.isEvent() || (m_form != Form::Lines && !step.isMessage()))
        return;
    ++m_count;
    if (m_form == Form::Lines)
        m_text += StepText::line(step) + u'\n';
    else if (m_form == Form::Hex)
        addHex(step);
    else
        addArray(step);
}

void StepCopy::addHex(const Step &step)
{
    if (m_count > 1)
        m_text += u'\n';
    for (qsizetype i = 0; i < step.payload.size(); ++i) {
        if (i > 0)
            m_text += i % hexRow == 0 ? u'\n' : u' ';
        appendByte(m_text, step.payload[i]);
    }
    if (step.payload.isEmpty())
        m_text += u"# "_s + tr("no bytes");
    m_text += u'\n';
    if (step.isCut())
        m_text += u"# "_s + keptText(step) + u'\n';
}

/// C has no array without elements: an empty message is a comment.
void StepCopy::addArray(const Step &step)
{
    if (m_count > 1)
        m_text += u'\n';
    const QString kind = step.kind == StepKind::Send ? u"Send"_s : u"Recv"_s;
    QString comment = u"#%1 [%2] %3: "_s.arg(step.connection).arg(step.number).arg(kind);
    comment += step.size == 1 ? tr("1 byte") : tr("%1 bytes").arg(step.size);
    if (step.isCut())
        comment += u"; "_s + keptText(step);
    const QString name = u"message_%1"_s.arg(m_count);
    if (step.payload.isEmpty()) {
        m_text += u"/* %1 = %2 */\n"_s.arg(name, comment);
        return;
    }
    m_text += u"/* %1 */\nstatic const unsigned char %2[] = {"_s.arg(comment, name);
    for (qsizetype i = 0; i < step.payload.size(); ++i) {
        m_text += i % arrayRow == 0 ? u"\n    0x"_s : u" 0x"_s;
        appendByte(m_text, step.payload[i]);
        m_text += u',';
    }
    m_text += u"\n};\n"_s;
}

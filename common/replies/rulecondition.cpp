// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "rulecondition.h"

#include "base/utf8.h"
#include "ruleexpression.h"

namespace {

/// The letters, digits and blanks behind ^ that each match begins with, so that most messages need no expression.
QByteArray literalBeginning(const QString &expression)
{
    if (!expression.startsWith(u'^') || expression.contains(u'|'))
        return {};
    QByteArray literal;
    qsizetype at = 1;
    for (; at < expression.size(); ++at) {
        const ushort character = expression[at].unicode();
        const bool isPlain = character < 0x80 && (expression[at].isLetterOrNumber() || character == ' ');
        if (!isPlain)
            break;
        literal += char(character);
    }
    const bool isQuantified = at < expression.size() && QStringView(u"?*+{").contains(expression[at]);
    return isQuantified ? literal.chopped(qMin<qsizetype>(1, literal.size())) : literal;
}

} // namespace

const QString &RuleSubject::characters(bool asText)
{
    if (!asText) {
        if (!m_latin1)
            m_latin1 = QString::fromLatin1(beginning());
        return *m_latin1;
    }
    if (!m_text) {
        m_text.emplace();
        const QByteArrayView bytes = beginning();
        m_text->reserve(bytes.size());
        for (qsizetype i = 0; i < bytes.size();) {
            const Utf8::Character character = Utf8::at(bytes, i);
            if (character.isValid)
                m_text->append(QChar::fromUcs4(character.code));
            else
                m_text->append(QChar(QChar::ReplacementCharacter));
            i += character.length;
        }
    }
    return *m_text;
}

QByteArray RuleSubject::bytes(qsizetype at, qsizetype length, bool asText) const
{
    if (!asText)
        return m_message.mid(at, length);
    const QByteArrayView bytes = beginning();
    qsizetype i = 0;
    qsizetype unit = 0;
    const auto advanceTo = [&](qsizetype end) {
        while (i < bytes.size() && unit < end) {
            const Utf8::Character character = Utf8::at(bytes, i);
            unit += character.isValid && character.code > 0xFFFF ? 2 : 1;
            i += character.length;
        }
        return i;
    };
    const qsizetype first = advanceTo(at);
    return bytes.sliced(first, advanceTo(at + length) - first).toByteArray();
}

RuleCondition::RuleCondition(const ReplyRule &rule)
    : m_when(rule.when)
    , m_asText(rule.asText)
{
    if (m_when == ReplyRule::When::Matches) {
        m_bytes = literalBeginning(rule.expression);
        m_expression = RuleExpression::compiled(rule.expression, m_asText);
        m_expression.optimize();
    } else if (!rule.isEvent()) {
        m_bytes = rule.message.read().message.fill({});
        m_matcher.setPattern(m_bytes);
    }
}

RuleCondition::Result RuleCondition::tryOn(RuleSubject &subject, QList<QByteArray> *captures) const
{
    bool fits = false;
    switch (m_when) {
    case ReplyRule::When::Equals:
        fits = subject.message() == m_bytes;
        break;
    case ReplyRule::When::Contains:
        fits = m_matcher.indexIn(subject.beginning().data(), subject.beginning().size()) >= 0;
        break;
    case ReplyRule::When::Begins:
        fits = subject.message().startsWith(m_bytes);
        break;
    case ReplyRule::When::Matches: {
        if (!subject.message().startsWith(m_bytes) || !m_expression.isValid())
            return Result::DoesNotFit;
        const QRegularExpressionMatch match = m_expression.match(subject.characters(m_asText));
        if (!match.isValid())
            return Result::Stopped;
        for (int i = 0; captures && match.hasMatch() && i <= match.lastCapturedIndex(); ++i)
            captures->append(match.capturedStart(i) < 0
                                 ? QByteArray()
                                 : subject.bytes(match.capturedStart(i), match.capturedLength(i), m_asText));
        return match.hasMatch() ? Result::Fits : Result::DoesNotFit;
    }
    case ReplyRule::When::Accept:
    case ReplyRule::When::Silence:
    case ReplyRule::When::Every:
        break;
    }
    if (fits && captures)
        captures->append(m_when == ReplyRule::When::Equals ? subject.message() : m_bytes);
    return fits ? Result::Fits : Result::DoesNotFit;
}

// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "textpattern.h"

#include <QCoreApplication>

using namespace Qt::Literals::StringLiterals;

namespace {

struct TextPatternStrings {
    Q_DECLARE_TR_FUNCTIONS(TextPattern)
};

/// PCRE2 gives up a match after so many steps. An expression can lower the limit, but not raise it.
constexpr auto matchLimit = "(*LIMIT_MATCH=100000)"_L1;

} // namespace

TextPattern TextPattern::ofText(const QString &text)
{
    TextPattern pattern;
    pattern.m_text = text;
    return pattern;
}

TextPattern TextPattern::ofExpression(const QString &text, Mistake *mistake)
{
    if (text.isEmpty())
        return {};
    if (text.size() > maxCharacters) {
        if (mistake)
            *mistake = {maxCharacters, TextPatternStrings::tr("longer than %1 characters").arg(maxCharacters)};
        return {};
    }
    TextPattern pattern;
    pattern.m_text = text;
    const QRegularExpression &expression = pattern.m_expression.emplace(
        matchLimit + text, QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    if (!expression.isValid()) {
        const qsizetype at = expression.patternErrorOffset() - matchLimit.size();
        if (mistake)
            *mistake = {qBound<qsizetype>(0, at, text.size()), expression.errorString()};
        return {};
    }
    pattern.m_gaveUp = std::make_shared<std::atomic<bool>>(false);
    return pattern;
}

bool TextPattern::isIn(const QString &line) const
{
    if (!m_expression)
        return line.contains(m_text, Qt::CaseInsensitive);
    const QRegularExpressionMatch match = m_expression->match(line.left(searchedCharacters));
    if (!match.isValid())
        *m_gaveUp = true;
    return match.hasMatch();
}

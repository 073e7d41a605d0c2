// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "ruleexpression.h"

#include <QCoreApplication>

namespace {

struct RuleExpressionStrings {
    Q_DECLARE_TR_FUNCTIONS(RuleExpression)
};

/// Stops an expression that runs away, after a fraction of a millisecond.
constexpr QLatin1StringView matchLimit("(*LIMIT_MATCH=100000)");

} // namespace

QRegularExpression RuleExpression::compiled(const QString &expression, bool asText)
{
    return QRegularExpression(matchLimit + expression, asText ? QRegularExpression::UseUnicodePropertiesOption
                                                              : QRegularExpression::NoPatternOption);
}

int RuleExpression::groups(const QString &expression)
{
    return qMax(0, compiled(expression, false).captureCount());
}

QString RuleExpression::error(const QString &expression)
{
    const QRegularExpression tried = compiled(expression, false);
    return tried.isValid() ? QString()
                           : RuleExpressionStrings::tr("Character %1 of the expression: %2")
                                 .arg(qMax<qsizetype>(0, tried.patternErrorOffset() - matchLimit.size()) + 1)
                                 .arg(tried.errorString());
}

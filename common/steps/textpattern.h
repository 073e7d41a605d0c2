// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QRegularExpression>
#include <QString>

#include <atomic>
#include <memory>
#include <optional>

/// What a line is searched for: a text, whatever its case, or a regular expression. A plain value; copies may be used
/// by several threads at once.
class TextPattern
{
public:
    /// An expression sees only so many characters of a line, so that a bad one does not take long.
    static constexpr qsizetype searchedCharacters = 4096;
    /// The longest expression: a longer one takes too long to compile.
    static constexpr qsizetype maxCharacters = 1000;

    /// What is wrong with an expression.
    struct Mistake {
        qsizetype at = -1; ///< the character, from 0; -1: there is no mistake
        QString text;      ///< a sentence without its end

        bool isThere() const { return at >= 0; }
    };

    TextPattern() = default; ///< every line has it
    static TextPattern ofText(const QString &text);
    /// Upper and lower case are the same unless the expression says (?-i). Empty if mistake says what is wrong.
    static TextPattern ofExpression(const QString &text, Mistake *mistake = nullptr);

    bool isEmpty() const { return m_text.isEmpty(); }
    bool isExpression() const { return m_expression.has_value(); }
    QString text() const { return m_text; } ///< as it was typed
    bool isIn(const QString &line) const;
    /// Whether an expression needed too many steps for a line, which then does not have it. So far; for all copies.
    bool gaveUp() const { return m_gaveUp && *m_gaveUp; }

    bool operator==(const TextPattern &other) const
    {
        return m_text == other.m_text && isExpression() == other.isExpression();
    }

private:
    QString m_text;
    std::optional<QRegularExpression> m_expression;
    std::shared_ptr<std::atomic<bool>> m_gaveUp; ///< null: a text
};

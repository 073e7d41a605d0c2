// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "step.h"

#include <QCoreApplication>

/// Steps as text for the clipboard, besides the rows of the log themselves. Takes one step after the other. Any
/// thread.
class StepCopy
{
    Q_DECLARE_TR_FUNCTIONS(StepCopy)
public:
    enum class Form : quint8 {
        Lines,  ///< "[1] Send: Hi, server! I'm client.", as the original prints them; no events
        Hex,    ///< the bytes of messages, 16 a line, with an empty line between two messages
        CArray, ///< "static const unsigned char message_1[] = {…};" for each message
    };

    /// When text() is longer, in characters, isFull() is true: what takes it keeps all of it in memory.
    static constexpr qsizetype maxCharacters = qsizetype(32) * 1024 * 1024;

    explicit StepCopy(Form form)
        : m_form(form)
    {
    }

    /// A step that the form does not have is left out.
    void add(const Step &step);
    bool isFull() const { return m_text.size() >= maxCharacters; }
    qsizetype count() const { return m_count; } ///< of the steps in the text
    const QString &text() const { return m_text; }

private:
    void addHex(const Step &step);
    void addArray(const Step &step);

    const Form m_form;
    QString m_text;
    qsizetype m_count = 0;
};

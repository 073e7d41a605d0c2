// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "messages/messagehistory.h"
#include "ui/tools/growingedit.h"

/// A field for a message: bytes that are typed in one of the forms, pasted or given. Text that a person can edit is
/// editable, in one to five lines, and its first mistake is marked. Other bytes (a file's, too long to lay out, invalid
/// UTF-8, or with a carriage return) are kept unchanged: the field shows the name of their file or their beginning, and
/// typing replaces them. Nothing is ever cut. Enter submits the message.
class MessageEdit : public GrowingEdit
{
    Q_OBJECT
public:
    static constexpr qsizetype maxBytes = TypedMessage::maxBytes;
    static constexpr qsizetype maxEditable = 16 * 1024; ///< characters: every key stroke lays out all of them

    explicit MessageEdit(QWidget *parent = nullptr);

    TypedMessage typed() const;
    void setTyped(const TypedMessage &typed);
    void setBytes(const QByteArray &bytes); ///< as text if they can be edited as text

    MessageForm form() const { return isKeptWhole() ? MessageForm::File : m_format.form; }
    TypedMessage::Encoding encoding() const { return m_format.encoding; }
    bool hasCrLf() const { return m_format.hasCrLf; }
    /// Shows the same message in another form; refused() says why that is not possible.
    void setForm(MessageForm form);
    void useEscapes(); ///< reads what is typed as escapes: another message
    void setEncoding(TypedMessage::Encoding encoding);
    void setCrLf(bool hasCrLf);
    void setLastGroup(int group); ///< the captures that the message can take, as in TypedMessage::read()

    MessageTemplate message() const { return m_read.message; } ///< up to the first mistake
    QByteArray bytes() const;                                  ///< as it would be sent first; of a streamed file none
    QString mistake() const;                                   ///< a sentence, or empty
    bool isEmpty() const;
    void addToHistory(); ///< Up in the first line and Down in the last one walk through what was added
    bool isKeptWhole() const { return m_kept.has_value(); } ///< the message can only be replaced, not edited

signals:
    void changed(); ///< the message, or its form
    void entered();
    void refused(const QString &sentence); ///< says why a paste or a form was rejected
    void backslashTyped();                 ///< in text, where a backslash is a backslash

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void inputMethodEvent(QInputMethodEvent *event) override;
    void insertFromMimeData(const QMimeData *source) override;
    void changeEvent(QEvent *event) override;

private:
    QString text() const;
    void keepWhole(const TypedMessage &kept);
    void forgetKept();
    void showText(const QString &text);
    void setFormat(const TypedMessage &format);
    void readText();
    void markMistake();
    bool walkHistory(const QKeyEvent &key);
    void textEdited();

    TypedMessage m_format;     ///< without a text
    TypedMessage::Read m_read; ///< what is in the field
    int m_lastGroup = TypedMessage::noCaptures;
    QString m_ownToolTip;               ///< kept while the tool tip describes the kept message
    std::optional<TypedMessage> m_kept; ///< nothing: the message is the text in the field
    MessageHistory m_history;
    bool m_isSetting = false;
};

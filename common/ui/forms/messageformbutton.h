// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/errand.h"
#include "messages/typedmessage.h"

#include <QToolButton>

class MessageEdit;
class QActionGroup;

/// Chooses how the text of a message field is read. Shows the form; its menu has the forms, the encodings and the line
/// breaks. Owned by the window of the field.
class MessageFormButton : public QToolButton
{
    Q_OBJECT
public:
    /// caption: shown instead of the form, as a label of the field; or empty.
    MessageFormButton(MessageEdit *edit, const QString &caption, QWidget *parent);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void addForm(MessageForm form, const QString &text, const QString &toolTip);
    void addEncoding(TypedMessage::Encoding encoding, const QString &text);
    void chooseFile();
    void openFile(const QString &path);
    void showForm();

    MessageEdit *m_edit;
    QActionGroup *m_forms;
    QActionGroup *m_encodings;
    QAction *m_crLf;
    QString m_caption;
    Errand m_reading;
};

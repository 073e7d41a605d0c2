// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/status/controls.h"

#include <QWidget>

class MessageEdit;
class MessageFormButton;
class PrimaryLook;
class QAction;
class QHBoxLayout;
class QLabel;
class QMenu;
class QPushButton;
class QToolButton;

/// The message field with the buttons that send the message and end the connection. Owned by a window.
class MessageRow : public QWidget
{
    Q_OBJECT
public:
    explicit MessageRow(QWidget *parent = nullptr);

    MessageTemplate message() const; ///< up to its first mistake
    QString mistake() const;         ///< of the message, or empty
    MessageEdit *edit() const { return m_edit; }
    QPushButton *sendButton() const { return m_send; }
    void setControls(const Controls &controls);
    void setFraming(const Framing &framing); ///< of the next message, whose terminator is counted too
    const Framing &framing() const { return m_framing; }
    void addToFormMenu(QMenu *menu); ///< to the menu beside the message field
    void setSendMenu(QMenu *menu);   ///< opens at an arrow beside the send button
    void setLabelWidth(int width);   ///< where there is room, aligns the field with those of the form
    void clearForNext();             ///< call it after the message was sent: typing then replaces it, and Up finds it

signals:
    void messageChanged();
    void refused(const QString &sentence); ///< MessageEdit::refused()
    void backslashTyped();                 ///< for the first time, where a backslash is a backslash
    void sendPressed();
    void entered(); ///< Enter was pressed in the message field
    void closePressed();
    void finishSendingPressed();
    void resetPressed();
    void stopReadingPressed();
    void readAgainPressed();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void alignLabel();
    void countBytes();

    QLabel *m_label;
    MessageEdit *m_edit;
    MessageFormButton *m_form;
    QPushButton *m_send;
    QHBoxLayout *m_sending; ///< the send button and its arrow
    QToolButton *m_close;
    PrimaryLook *m_closeLook; ///< owned by the button
    QAction *m_closeAction;
    QAction *m_finishSending;
    QAction *m_reset;
    QAction *m_reading;
    bool m_readsAgain = false;
    int m_alignedWidth = 0;
    Framing m_framing = Framing::Nul;
    bool m_wasBackslashTyped = false;
};

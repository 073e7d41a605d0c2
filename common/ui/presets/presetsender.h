// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

struct Preset;
class ConversationControls;
class ConversationForm;
class MessageRow;
class StatusLine;

/// Sends a preset as if a person had typed it: fills in the form and the message field, then presses the send button.
/// Offers the menu of the presets in the message row. Owned by a conversation's window.
class PresetSender : public QObject
{
    Q_OBJECT
public:
    struct Parts {
        ConversationForm &form;
        MessageRow &messageRow;
        StatusLine &notices;
        ConversationControls &controls;
    };

    PresetSender(const Parts &parts, QWidget *window);

private:
    Preset typed() const;
    void send(const Preset &preset);
    QString refusal(const Preset &preset) const;
    void tell(const QString &sentence, bool isRefusal);

    Parts m_parts;
};

// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "app/commandline.h"
#include "conversation/client.h"
#include "ui/forms/conversationform.h"

class CheckedEdit;
class MessageEdit;
class QCheckBox;
class QToolButton;

/// The client's form: where it connects to. Owned by a ClientWindow.
class ConnectForm : public ConversationForm
{
    Q_OBJECT
public:
    explicit ConnectForm(const ClientOptions &options, QWidget *parent = nullptr);

    ClientSettings settings() const; ///< while error() is empty; without messages
    std::optional<Destination> destination() const override;
    void setDestination(const QString &host, quint16 port) override;
    /// The message field is elsewhere, but is remembered with the form.
    void rememberMessage(MessageEdit *edit, const QList<TypedMessage> &given);

private:
    void createFields();
    void createConnectingFields();
    void addRows();
    void remember(const ClientOptions &options);
    void rememberSocket(const ClientOptions &options);
    void askForSocketOptions();
    void check();

    CheckedEdit *m_host;
    CheckedEdit *m_port;
    QCheckBox *m_closeAfterReply;
    CheckedEdit *m_from;
    DelayEdit *m_timeout;
    DelayEdit *m_reconnect;
    QToolButton *m_socketButton;
    QAbstractSocket::NetworkLayerProtocol m_ipVersion = QAbstractSocket::AnyIPProtocol;
    SocketOptions m_socket;
};

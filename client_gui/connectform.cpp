// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "connectform.h"

#include "socketdialog.h"
#include "ui/forms/checkededit.h"
#include "ui/forms/delayedit.h"
#include "ui/tools/uitools.h"

#include <QCheckBox>
#include <QLayout>
#include <QToolButton>

#include <algorithm>

namespace {

constexpr qsizetype maxHost = 253; ///< characters of a name (RFC 1035, section 2.3.4, less the length octets)

bool hasSpace(const QString &text)
{
    return std::any_of(text.begin(), text.end(), [](QChar character) { return character.isSpace(); });
}

} // namespace

ConnectForm::ConnectForm(const ClientOptions &options, QWidget *parent)
    : ConversationForm(options, parent)
    , m_host(new CheckedEdit(this))
    , m_port(new CheckedEdit(this))
    , m_closeAfterReply(new QCheckBox(tr("Close &after the reply"), this))
    , m_from(new CheckedEdit(this))
    , m_timeout(new DelayEdit(this))
    , m_reconnect(new DelayEdit(this))
    , m_socketButton(new QToolButton(this))
{
    createFields();
    createConnectingFields();
    addRows();
    remember(options);
    rememberSocket(options);
    for (CheckedEdit *edit : {m_host, m_port, m_from})
        connect(edit, &CheckedEdit::checked, this, &ConnectForm::check);
    check();
}

void ConnectForm::createFields()
{
    UiTools::describe(m_host, "hostEdit", tr("Host"));
    UiTools::describe(m_port, "portEdit", tr("Port"));
    UiTools::describe(m_closeAfterReply, "closeAfterReply", tr("Close after the reply"));
    UiTools::describe(m_timeout, "timeoutEdit", tr("Give up after"));
    m_host->setToolTip(tr("Name or address of the computer that the server runs on"));
    m_port->setToolTip(tr("Port that the server listens on"));
    m_closeAfterReply->setToolTip(tr("Close the connection after the last reply"));

    const ClientSettings defaults;
    m_host->setText(defaults.host);
    m_host->setCheck([](const QString &text) {
        if (text.trimmed().isEmpty())
            return tr("Type the host to connect to: a name or an address, such as 127.0.0.1.");
        if (hasSpace(text.trimmed()))
            return tr("A host's name or address has no spaces in it.");
        return text.size() > maxHost ? tr("A host's name has at most 253 characters.") : QString();
    });
    m_port->setText(QString::number(defaults.port));
    m_port->setCheck([](const QString &text) {
        return Endpoint::parsePort(text, 1) ? QString() : tr("A port is a number from 1 to 65535.");
    });
    UiTools::describe(m_from, "fromEdit", tr("This end"));
    m_from->setPlaceholderText(tr("any address and port"));
    m_from->setToolTip(tr("Address and port to connect from, such as 127.0.0.2, 127.0.0.2:5000 or :5000"));
    m_from->setCheck([](const QString &text) {
        if (text.trimmed().isEmpty() || Endpoint::parseLocalEnd(text))
            return QString();
        return tr("This end takes an address, a port as in :5000, or both as in 127.0.0.2:5000 or [::1]:5000.");
    });
    m_timeout->setWord(0, tr("never"));
    m_timeout->setValue(defaults.connectTimeoutMs);
    m_timeout->setToolTip(tr("How long to wait for a connection, or never"));
}

void ConnectForm::createConnectingFields()
{
    UiTools::describe(m_reconnect, "reconnectEdit", tr("Connect again after"));
    m_reconnect->setWord(0, tr("never"));
    m_reconnect->setToolTip(
        tr("Connect again so long after the server has closed or reset the connection, or could not be reached"));
    UiTools::describe(m_socketButton, "socketButton", tr("Socket options"));
    m_socketButton->setText(tr("Socke&t…"));
    m_socketButton->setFocusPolicy(Qt::StrongFocus);
    m_socketButton->setToolTip(
        tr("IP version, TCP_NODELAY, SO_SNDBUF, SO_RCVBUF and SO_KEEPALIVE of the next connection"));
    connect(m_socketButton, &QToolButton::clicked, this, &ConnectForm::askForSocketOptions);
}

void ConnectForm::askForSocketOptions()
{
    auto *dialog = new SocketDialog(m_ipVersion, m_socket, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        m_ipVersion = dialog->ipVersion();
        m_socket = dialog->options();
        emit changed();
    });
    dialog->open();
}

void ConnectForm::addRows()
{
    addRow(
        {.label = tr("H&ost"), .field = m_host, .secondLabel = tr("&Port"), .second = m_port, .button = moreButton()});
    addRow({.field = m_closeAfterReply});
    layout()->setAlignment(m_closeAfterReply, Qt::AlignLeft);
    beginFold(tr("Connect again after"), m_reconnect);
    addRow({.label = tr("Connect &from"),
            .field = m_from,
            .secondLabel = tr("Give up afte&r"),
            .second = m_timeout,
            .button = m_socketButton});
    const QList<QWidget *> folded = {m_reconnect, m_from, m_timeout, m_socketButton};
    const QList<QWidget *> first = {m_host, m_port, moreButton(), m_closeAfterReply};
    for (QWidget *field : first + folded) {
        if (field != moreButton())
            addForNextStart(field);
    }
    orderTabs(first, folded);
}

void ConnectForm::remember(const ClientOptions &options)
{
    const auto port = options.port ? QVariant(QString::number(*options.port)) : QVariant();
    memory().add(QStringLiteral("form/host"), m_host, options.host ? QVariant(*options.host) : QVariant());
    memory().add(QStringLiteral("form/port"), m_port, port);
    memory().add({QStringLiteral("form/closeAfterReply"), [this] { return m_closeAfterReply->isChecked(); },
                  [this](const QVariant &value) { m_closeAfterReply->setChecked(value.toBool()); },
                  options.closeAfterReply ? QVariant(true) : QVariant()});
    memory().add(QStringLiteral("form/from"), m_from,
                 options.from ? QVariant(Endpoint::text(*options.from)) : QVariant());
    memory().add(QStringLiteral("form/timeoutMs"), m_timeout,
                 options.timeoutMs ? QVariant(*options.timeoutMs) : QVariant());
}

void ConnectForm::rememberSocket(const ClientOptions &options)
{
    memory().add({QStringLiteral("form/ipVersion"), [this] { return QVariant(m_ipVersion); },
                  [this](const QVariant &value) { m_ipVersion = QAbstractSocket::NetworkLayerProtocol(value.toInt()); },
                  options.ipVersion ? QVariant(*options.ipVersion) : QVariant()});
    memory().add(QStringLiteral("form/reconnectMs"), m_reconnect,
                 options.reconnectMs ? QVariant(*options.reconnectMs) : QVariant());
    const auto readKeepAlive = [this] {
        return QVariant(m_socket.keepAlive ? SocketOptions::text(*m_socket.keepAlive) : QString());
    };
    memory().add(
        {QStringLiteral("form/keepAlive"), readKeepAlive,
         [this](const QVariant &value) { m_socket.keepAlive = SocketOptions::parseKeepAlive(value.toString()); },
         options.keepAlive ? QVariant(SocketOptions::text(*options.keepAlive)) : QVariant()});
    memory().add({QStringLiteral("form/noDelay"), [this] { return m_socket.hasNoDelay; },
                  [this](const QVariant &value) { m_socket.hasNoDelay = value.toBool(); },
                  options.hasNoDelay ? QVariant(*options.hasNoDelay) : QVariant()});
    const auto addBuffer = [this](const QString &key, int &bytes, const std::optional<int> &given) {
        memory().add(
            {key, [&bytes] { return bytes; },
             [&bytes](const QVariant &value) { bytes = SocketOptions::parseBufferBytes(value.toString()).value_or(0); },
             given ? QVariant(*given) : QVariant()});
    };
    addBuffer(QStringLiteral("form/sendBuffer"), m_socket.sendBufferBytes, options.sendBufferBytes);
    addBuffer(QStringLiteral("form/receiveBuffer"), m_socket.receiveBufferBytes, options.receiveBufferBytes);
}

void ConnectForm::rememberMessage(MessageEdit *edit, const QList<TypedMessage> &given)
{
    memory().add(QStringLiteral("form/message"), edit,
                 given.isEmpty() ? std::nullopt : std::optional(given.constFirst()));
}

void ConnectForm::check()
{
    setErrors({{m_host, m_host->error()}, {m_port, m_port->error()}, {m_from, m_from->error()}});
}

std::optional<ConversationForm::Destination> ConnectForm::destination() const
{
    return Destination{.host = m_host->text().trimmed(), .port = Endpoint::parsePort(m_port->text(), 1).value_or(0)};
}

void ConnectForm::setDestination(const QString &host, quint16 port)
{
    if (!host.isEmpty())
        m_host->setText(host);
    if (port != 0)
        m_port->setText(QString::number(port));
}

ClientSettings ConnectForm::settings() const
{
    ClientSettings settings;
    settings.host = m_host->text().trimmed();
    settings.port = Endpoint::parsePort(m_port->text(), 1).value_or(settings.port);
    settings.from = Endpoint::parseLocalEnd(m_from->text()).value_or(LocalEnd());
    settings.ipVersion = m_ipVersion;
    settings.reconnectMs = m_reconnect->value();
    settings.socket = m_socket;
    settings.closeAfterReply = m_closeAfterReply->isChecked();
    settings.connectTimeoutMs = m_timeout->value();
    settings.connection = connectionSettings();
    return settings;
}

#include "moc_connectform.cpp"

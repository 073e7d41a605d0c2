// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "connectform.h"

#include "ui/checkededit.h"
#include "ui/delayedit.h"
#include "ui/uitools.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

#include <algorithm>

namespace {

bool hasSpace(const QString &text)
{
    return std::any_of(text.begin(), text.end(), [](QChar character) { return character.isSpace(); });
}

} // namespace

ConnectForm::ConnectForm(const ClientOptions &options, QWidget *parent)
    : ConversationForm(options.framing, options.closeDelayMs, parent)
    , m_host(new CheckedEdit(this))
    , m_port(new CheckedEdit(this))
    , m_closeAfterReply(new QCheckBox(tr("Close &after the reply"), this))
    , m_timeout(new DelayEdit(this))
{
    createFields();
    remember(options);
    connect(m_host, &CheckedEdit::checked, this, &ConnectForm::check);
    connect(m_port, &CheckedEdit::checked, this, &ConnectForm::check);
    check();
}

void ConnectForm::createFields()
{
    QHBoxLayout *row = addRow();
    auto *hostLabel = new QLabel(tr("H&ost"), this);
    hostLabel->setBuddy(m_host);
    auto *portLabel = new QLabel(tr("&Port"), this);
    portLabel->setBuddy(m_port);
    row->addWidget(hostLabel);
    row->addWidget(m_host, 1);
    row->addWidget(portLabel);
    row->addWidget(m_port);
    row->addWidget(m_closeAfterReply);
    row->addWidget(moreButton());
    UiTools::describe(m_host, "hostEdit", tr("Host"));
    UiTools::describe(m_port, "portEdit", tr("Port"));
    UiTools::describe(m_closeAfterReply, "closeAfterReply", tr("Close after the reply"));
    UiTools::describe(m_timeout, "timeoutEdit", tr("Give up after"));
    m_host->setToolTip(tr("Name or address of the computer that the server runs on"));
    m_port->setToolTip(tr("Port that the server listens on"));
    m_closeAfterReply->setToolTip(tr("Close the connection when the last reply has come"));

    const ClientSettings defaults;
    m_host->setText(defaults.host);
    m_host->setCheck([](const QString &text) {
        if (text.trimmed().isEmpty())
            return tr("Type the host to connect to: a name or an address, such as 127.0.0.1.");
        return hasSpace(text.trimmed()) ? tr("A host's name or address has no spaces in it.") : QString();
    });
    m_port->setText(QString::number(defaults.port));
    m_port->setMaximumWidth(m_port->fontMetrics().horizontalAdvance(QStringLiteral("00000000000")));
    m_port->setCheck([](const QString &text) {
        return Endpoint::parsePort(text, 1) ? QString() : tr("A port is a number from 1 to 65535.");
    });
    m_timeout->setWord(0, tr("never"));
    m_timeout->setValue(defaults.connectTimeoutMs);
    addMore(tr("Give up connecting afte&r"), m_timeout, tr("The longest wait for a connection, or never"));
    addForNextStart(m_host);
    addForNextStart(m_port);
    addForNextStart(m_closeAfterReply);
    addForNextStart(m_timeout);
    orderTabs({m_host, m_port, m_closeAfterReply, moreButton()}, {m_timeout});
}

void ConnectForm::remember(const ClientOptions &options)
{
    const auto port = options.port ? QVariant(QString::number(*options.port)) : QVariant();
    memory().add(QStringLiteral("form/host"), m_host, options.host ? QVariant(*options.host) : QVariant());
    memory().add(QStringLiteral("form/port"), m_port, port);
    memory().add({QStringLiteral("form/closeAfterReply"), [this] { return m_closeAfterReply->isChecked(); },
                  [this](const QVariant &value) { m_closeAfterReply->setChecked(value.toBool()); },
                  options.closeAfterReply ? QVariant(true) : QVariant()});
    memory().add(QStringLiteral("form/timeoutMs"), m_timeout,
                 options.timeoutMs ? QVariant(*options.timeoutMs) : QVariant());
}

void ConnectForm::rememberMessage(QLineEdit *edit, const QList<QByteArray> &given)
{
    memory().add(QStringLiteral("form/message"), edit,
                 given.isEmpty() ? QVariant() : QVariant(QString::fromUtf8(given.constFirst())));
}

void ConnectForm::check()
{
    setErrors({m_host->error(), m_port->error()});
}

ClientSettings ConnectForm::settings() const
{
    ClientSettings settings;
    settings.host = m_host->text().trimmed();
    settings.port = Endpoint::parsePort(m_port->text(), 1).value_or(settings.port);
    settings.closeAfterReply = m_closeAfterReply->isChecked();
    settings.connectTimeoutMs = m_timeout->value();
    settings.connection.framing = framing();
    settings.connection.closeDelayMs = closeDelayMs();
    return settings;
}

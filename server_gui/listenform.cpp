// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "listenform.h"

#include "replies/replyrules.h"
#include "replymenu.h"
#include "ui/forms/addresscombo.h"
#include "ui/forms/checkededit.h"
#include "ui/forms/delayedit.h"
#include "ui/forms/messageedit.h"
#include "ui/forms/messageformbutton.h"
#include "ui/tools/steadybutton.h"
#include "ui/tools/uitools.h"

#include <QRegularExpression>
#include <QToolButton>

#include <algorithm>

namespace {

QStringList subnetWords(const QString &text)
{
    static const QRegularExpression separators(QStringLiteral("[,;\\s]+"));
    return text.split(separators, Qt::SkipEmptyParts);
}

QList<Subnet> subnets(const QString &text)
{
    QList<Subnet> subnets;
    for (const QString &word : subnetWords(text)) {
        if (const auto subnet = Endpoint::parseSubnet(word))
            subnets.append(*subnet);
    }
    return subnets;
}

QString subnetsText(const QList<Subnet> &subnets)
{
    QStringList words;
    for (const auto &[address, bits] : subnets)
        words.append(QStringLiteral("%1/%2").arg(address.toString()).arg(bits));
    return words.join(QStringLiteral(", "));
}

} // namespace

ListenForm::ListenForm(const ServerOptions &options, QWidget *parent)
    : ConversationForm(options, parent)
    , m_address(new AddressCombo(this))
    , m_port(new CheckedEdit(this))
    , m_start(new SteadyButton(this))
    , m_reply(new MessageEdit(this))
    , m_replyForm(new MessageFormButton(m_reply, tr("&Reply"), this))
    , m_replyMenu(new ReplyMenu(m_replyForm->menu()))
    , m_replyDelay(new DelayEdit(this))
    , m_allowed(new CheckedEdit(this))
{
    createFields();
    remember(options);
    rememberReplies(options);
    connect(m_address, &AddressCombo::checked, this, &ListenForm::check);
    connect(m_port, &CheckedEdit::checked, this, &ListenForm::check);
    connect(m_allowed, &CheckedEdit::checked, this, &ListenForm::check);
    connect(m_reply, &MessageEdit::changed, this, &ListenForm::check);
    connect(m_reply, &MessageEdit::changed, this, [this] {
        if (m_reply->mistake().isEmpty())
            emit replyChanged();
    });
    connect(m_replyMenu, &ReplyMenu::changed, this, [this] {
        m_reply->setNote(m_replyMenu->note());
        emit replyChanged();
    });
    connect(m_reply, &MessageEdit::entered, this, &ListenForm::entered);
    connect(m_replyDelay, &QSpinBox::valueChanged, this, &ListenForm::replyChanged);
    check();
}

void ListenForm::createFields()
{
    UiTools::describe(m_address, "addressCombo", tr("Address to listen on"));
    UiTools::describe(m_port, "portEdit", tr("Port to listen on"));
    UiTools::describe(m_start, "startButton", tr("Start Server"));
    m_address->setToolTip(tr("Who can connect: only this computer, or every computer that can reach this address"));
    m_port->setToolTip(tr("Port to listen on. 0: the system chooses a free one"));
    m_port->setText(QString::number(ServerSettings().port));
    m_port->setCheck([](const QString &text) {
        return Endpoint::parsePort(text, 0) ? QString()
                                            : tr("A port is a number from 0 to 65535; 0 lets the system choose.");
    });
    UiTools::describe(m_reply, "replyEdit", tr("Reply"));
    UiTools::describe(m_replyDelay, "replyDelayEdit", tr("Reply delay"));
    m_reply->setBytes(ServerSettings().reply.fill({}));
    m_reply->setPlaceholderText(tr("no reply"));
    m_reply->setToolTip(
        tr("The answer to each message. Empty: no reply. A change takes effect with the next message."));
    m_replyDelay->setValue(ServerSettings().replyDelayMs);
    m_replyDelay->setToolTip(tr("Time between the arrival of a message and its reply"));

    UiTools::describe(m_allowed, "allowEdit", tr("Allow only"));
    m_allowed->setPlaceholderText(tr("any address"));
    m_allowed->setCheck([](const QString &text) {
        for (const QString &word : subnetWords(text)) {
            if (!Endpoint::parseSubnet(word))
                return tr("Allow only takes addresses and subnets, such as 192.168.1.0/24: "
                          "“%1” is neither.")
                    .arg(word);
        }
        return QString();
    });
    m_allowed->setToolTip(
        tr("Addresses and subnets that may connect, such as 127.0.0.1, 192.168.1.0/24. Empty: any address"));
    addRow({.label = tr("Listen &on"),
            .field = m_address,
            .secondLabel = tr("&Port"),
            .second = m_port,
            .button = moreButton()});
    UiTools::describe(m_replyForm, "replyFormButton", tr("How the reply is read"));
    addRow({.labelButton = m_replyForm,
            .field = m_reply,
            .secondLabel = tr("a&fter"),
            .second = m_replyDelay,
            .button = m_start});
    beginFold();
    addRow({.label = tr("&Allow only"), .field = m_allowed});
    addForNextStart(m_address);
    addForNextStart(m_port);
    addForNextStart(m_allowed);
    orderTabs({m_address, m_port, moreButton(), m_replyForm, m_reply, m_replyDelay, m_start}, {m_allowed});
}

void ListenForm::remember(const ServerOptions &options)
{
    const auto port = options.port ? QVariant(QString::number(*options.port)) : QVariant();
    const auto delay = options.replyDelayMs ? QVariant(*options.replyDelayMs) : QVariant();
    const auto allowed = options.allowed.isEmpty() ? QVariant() : QVariant(subnetsText(options.allowed));
    QVariant address;
    if (options.address)
        address =
            *options.address == QHostAddress(QHostAddress::Any) ? QStringLiteral("any") : options.address->toString();
    memory().add({QStringLiteral("form/address"), [this] { return m_address->storedText(); },
                  [this](const QVariant &value) { m_address->setStoredText(value.toString()); }, address});
    const auto portToKeep = [this] { return m_portBefore.isEmpty() ? m_port->text() : m_portBefore; };
    memory().add({QStringLiteral("form/port"), portToKeep,
                  [this](const QVariant &value) { m_port->setText(value.toString()); }, port});
    connect(m_port, &QLineEdit::textEdited, this, [this] { m_portBefore.clear(); });
    memory().add(QStringLiteral("form/reply"), m_reply, options.reply);
    memory().add(QStringLiteral("form/replyDelayMs"), m_replyDelay, delay);
    memory().add(QStringLiteral("form/allowed"), m_allowed, allowed);
}

/// The rules first: without them, their mode is not possible.
void ListenForm::rememberReplies(const ServerOptions &options)
{
    const auto json = [](const QList<ReplyRule> &rules) {
        return QVariant(QString::fromUtf8(ReplyRules::write(rules)));
    };
    memory().add({QStringLiteral("form/rules"), [this, json] { return json(m_replyMenu->rules().rules()); },
                  [this](const QVariant &value) {
                      m_replyMenu->rules().load(ReplyRules::read(value.toString().toUtf8()).rules);
                  },
                  options.rules ? json(*options.rules) : QVariant()});
    const auto word = [](ReplyMode mode) { return QVariant(QString(ReplyRule::modeWords.at(size_t(mode)))); };
    memory().add({QStringLiteral("form/replyMode"), [this, word] { return word(m_replyMenu->mode()); },
                  [this](const QVariant &value) {
                      const auto &words = ReplyRule::modeWords;
                      const auto found = std::find(words.begin(), words.end(), value.toString());
                      m_replyMenu->setMode(found == words.end() ? ReplyMode::Fixed : ReplyMode(found - words.begin()));
                  },
                  options.replyMode ? word(*options.replyMode) : QVariant()});
}

void ListenForm::check()
{
    setErrors({{m_address, m_address->error()},
               {m_port, m_port->error()},
               {m_reply, m_reply->mistake()},
               {m_allowed, m_allowed->error()}});
}

ServerSettings ListenForm::settings() const
{
    ServerSettings settings;
    settings.address = m_address->address().value_or(settings.address);
    settings.port = Endpoint::parsePort(m_port->text(), 0).value_or(settings.port);
    settings.reply = m_reply->message();
    settings.replyDelayMs = m_replyDelay->value();
    settings.replyMode = m_replyMenu->mode();
    settings.rules = m_replyMenu->rules().rules();
    settings.connection = connectionSettings();
    settings.allowed = subnets(m_allowed->text());
    return settings;
}

bool ListenForm::isLoopbackOnly() const
{
    const auto address = m_address->address();
    return !address || address->isLoopback();
}

void ListenForm::listenOnLoopback()
{
    m_address->setAddress(QHostAddress(QHostAddress::LocalHost));
}

void ListenForm::chooseFreePort()
{
    if (m_portBefore.isEmpty())
        m_portBefore = m_port->text();
    m_port->setText(QStringLiteral("0"));
}

#include "moc_listenform.cpp"

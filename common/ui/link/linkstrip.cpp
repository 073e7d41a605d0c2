// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "linkstrip.h"

#include "link/linkrules.h"
#include "linkrulesdialog.h"
#include "ui/status/statusline.h"
#include "ui/tools/elidedlabel.h"
#include "ui/tools/uitools.h"

#include <QActionGroup>
#include <QHBoxLayout>
#include <QLocale>
#include <QToolButton>

LinkStrip::LinkStrip(QWidget *parent)
    : QWidget(parent)
    , m_menu(new QMenu(tr("La&b"), this))
    , m_holdMenu(new QMenu(tr("&Hold"), this))
    , m_loseNextMenu(new QMenu(tr("Lose &Next"), this))
    , m_conditionMenu(new QMenu(tr("&Conditions"), this))
    , m_conditions(new QActionGroup(this))
    , m_congestionMenu(new QMenu(tr("Con&gestion Control"), this))
    , m_waiting(new ElidedLabel(this))
{
    for (QMenu *menu : {m_menu, m_holdMenu, m_loseNextMenu, m_conditionMenu, m_congestionMenu})
        menu->setToolTipsVisible(true);
    createHolding();
    createByHand();
    createLosing();
    createConditions();
    createKernel();
    UiTools::describe(this, "linkStrip", tr("Network between the two ends"));
    UiTools::describe(m_waiting, "linkWaiting", tr("Packets that are held"));
    m_waiting->setElideMode(Qt::ElideMiddle); // how many packets wait, and for how long, stays
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(UiTools::grid);
    layout->addWidget(addButton("linkFlow", m_flow));
    layout->addWidget(addButton("linkHold", m_hold, m_holdMenu));
    layout->addWidget(addButton("linkDeliver", m_deliver));
    layout->addWidget(addButton("linkLose", m_lose));
    layout->addWidget(m_waiting, 1);
    layout->addWidget(addButton("linkLoseNext", nullptr, m_loseNextMenu));
    m_condition = addButton("linkConditions", nullptr, m_conditionMenu);
    layout->addWidget(m_condition);
    connect(&m_link, &LinkClient::stateChanged, this, &LinkStrip::refresh);
    for (const QAction *action : {m_flow, m_hold}) // they are checked when the link says so
        connect(action, &QAction::triggered, this, &LinkStrip::refresh);
    setShown(false);
    if (const QString path = LinkClient::socketPath(); !path.isEmpty())
        m_link.connectTo(path);
}

void LinkStrip::tellIn(StatusLine &notices)
{
    const auto key = QStringLiteral("link");
    if (const QString why = LinkClient::whyNone(); !why.isEmpty())
        notices.show(
            {.key = key, .text = tr("This lab has no network between the two ends, only loopback: %1.").arg(why)});
    connect(&m_link, &LinkClient::refused, &notices, [&notices, key](const QString &sentence) {
        notices.show({.key = key, .level = Notice::Level::Warning, .text = sentence});
    });
}

void LinkStrip::createHolding()
{
    m_flow = m_menu->addAction(tr("&Flow"), &m_link, &LinkClient::release);
    m_flow->setCheckable(true);
    m_flow->setToolTip(tr("Let packets pass. What is held goes on, with the rest of its delay."));
    m_hold = addHold(tr("&Both Ends"), QStringLiteral("hold"));
    m_hold->setIconText(tr("Hold"));
    m_hold->setCheckable(true);
    m_hold->setToolTip(tr("Packets of both ends wait until you deliver or lose them."));
    addHold(tr("&Client's Packets"), QStringLiteral("hold client"));
    addHold(tr("&Server's Packets"), QStringLiteral("hold server"));
    m_holdMenu->addSeparator();
    addHold(tr("From the Next S&YN"), QStringLiteral("hold from client syn"));
    addHold(tr("From the Client's Next &Data"), QStringLiteral("hold from client data"));
    addHold(tr("From the Server's Next D&ata"), QStringLiteral("hold from server data"));
    addHold(tr("From the Client's Next &FIN"), QStringLiteral("hold from client fin"));
    addHold(tr("From the Server's Next F&IN"), QStringLiteral("hold from server fin"));
    m_menu->addMenu(m_holdMenu);
}

QAction *LinkStrip::addHold(const QString &text, const QString &rules)
{
    return m_holdMenu->addAction(text, this, [this, rules] { hold(LinkRules::read(rules).rules); });
}

void LinkStrip::createByHand()
{
    m_menu->addSeparator();
    m_deliver = m_menu->addAction(tr("&Deliver"), &m_link, &LinkClient::deliverFirst);
    m_deliver->setShortcut(Qt::Key_F8);
    m_deliver->setToolTip(tr("Deliver the packet that has waited longest (F8)"));
    m_deliverAll = m_menu->addAction(tr("Deliver &All"), &m_link, &LinkClient::deliverAll);
    m_deliverAll->setShortcut(Qt::SHIFT | Qt::Key_F8);
    m_deliverAll->setToolTip(tr("Deliver everything that is held"));
    m_lose = m_menu->addAction(tr("&Lose"), &m_link, &LinkClient::loseFirst);
    m_lose->setShortcut(Qt::Key_F9);
    m_lose->setToolTip(tr("Lose the packet that has waited longest (F9)"));
}

void LinkStrip::createLosing()
{
    const auto add = [this](const QString &text, Side from, SegmentKind kind) {
        m_loseNextMenu->addAction(text, this, [this, from, kind] { m_link.loseNext(from, kind); });
    };
    add(tr("Client's &SYN"), Side::Client, SegmentKind::Syn);
    add(tr("Server's SYN-&ACK"), Side::Server, SegmentKind::SynAck);
    add(tr("Client's &Data"), Side::Client, SegmentKind::Data);
    add(tr("Server's Da&ta"), Side::Server, SegmentKind::Data);
    add(tr("Client's A&CK"), Side::Client, SegmentKind::Ack);
    add(tr("Server's AC&K"), Side::Server, SegmentKind::Ack);
    add(tr("Client's &FIN"), Side::Client, SegmentKind::Fin);
    add(tr("Server's F&IN"), Side::Server, SegmentKind::Fin);
    m_menu->addMenu(m_loseNextMenu);
}

void LinkStrip::createConditions()
{
    addCondition(tr("&Perfect"), tr("Nothing is late or lost."), {});
    addCondition(tr("&Wi-Fi"), tr("A few packets are late, lost or overtaken."),
                 QStringLiteral("delay 3ms ±2ms; loss 0.5%; reorder 0.5% 5ms"));
    addCondition(tr("&Satellite"), tr("A long way: 300 ms in each direction."),
                 QStringLiteral("delay 300ms; loss 0.1%; rate 10mbit queue 100"));
    addCondition(tr("&Lossy"), tr("Every twentieth packet is lost."), QStringLiteral("delay 20ms; loss 5%"));
    addCondition(tr("Sl&ow Line"), tr("256 kbit/s, and a short queue in front of it."),
                 QStringLiteral("delay 40ms; rate 256kbit queue 20"));
    m_conditionMenu->addSeparator();
    m_conditionMenu->addAction(tr("Own &Rules…"), this, &LinkStrip::askForRules);
    m_menu->addSeparator();
    m_menu->addMenu(m_conditionMenu);
}

void LinkStrip::createKernel()
{
    m_menu->addMenu(m_congestionMenu);
    m_patient = m_menu->addAction(tr("&Patient Timers"));
    m_patient->setCheckable(true);
    m_patient->setToolTip(
        tr("The kernel waits 3 s before it sends again what was not acknowledged, on new connections. "
           "SYN and SYN-ACK still repeat after 1, 2 and 4 s."));
    connect(m_patient, &QAction::triggered, &m_link, &LinkClient::setPatient);
}

void LinkStrip::askForRules()
{
    auto *dialog = new LinkRulesDialog(LinkRules::conditions(m_link.rules()), window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { setConditions(dialog->rules()); });
    dialog->open();
}

void LinkStrip::setKernelTimers(const QString &sentence)
{
    if (std::exchange(m_kernelTimers, sentence) != sentence)
        refresh();
}

void LinkStrip::addCondition(const QString &text, const QString &toolTip, const QString &rules)
{
    QAction *action = m_conditionMenu->addAction(text);
    action->setData(LinkRules::text(LinkRules::read(rules).rules));
    action->setCheckable(true);
    action->setToolTip(rules.isEmpty() ? toolTip : tr("%1\n%2", "what it is like, its rules").arg(toolTip, rules));
    m_conditions->addAction(action);
    connect(action, &QAction::triggered, this, [this, rules] { setConditions(LinkRules::read(rules).rules); });
}

/// Shows the action, or only the menu.
QToolButton *LinkStrip::addButton(const char *objectName, QAction *action, QMenu *menu)
{
    auto *button = new QToolButton(this);
    if (menu) {
        button->setMenu(menu);
        button->setPopupMode(action ? QToolButton::MenuButtonPopup : QToolButton::InstantPopup);
    }
    if (action)
        button->setDefaultAction(action);
    else
        button->setText(menu->title().remove(u'&'));
    UiTools::describe(button, objectName, button->text());
    button->setFocusPolicy(Qt::StrongFocus);
    button->setFixedHeight(UiTools::rowHeight(*this) - 4);
    return button;
}

void LinkStrip::hold(const QList<LinkRule> &holds)
{
    m_link.setRules(LinkRules::conditions(m_link.rules()) + holds);
}

void LinkStrip::setConditions(const QList<LinkRule> &conditions)
{
    m_link.setRules(conditions + LinkRules::holds(m_link.rules()));
}

void LinkStrip::setShown(bool isShown)
{
    setVisible(isShown);
    m_menu->menuAction()->setVisible(isShown);
    m_menu->setEnabled(isShown);
}

void LinkStrip::refresh()
{
    setShown(m_link.isConnected());
    const bool isAnyHeld = m_link.heldCount() > 0;
    m_flow->setChecked(!m_link.isHolding());
    m_hold->setChecked(m_link.isHolding());
    for (QAction *action : {m_deliver, m_deliverAll, m_lose})
        action->setEnabled(isAnyHeld);
    m_waiting->setText(waitingText());
    const QString paused = isAnyHeld ? tr("\nThe timeouts and delays of this program wait meanwhile.") : QString();
    m_waiting->setToolTip(m_waiting->text() + paused);
    m_waiting->setAccessibleName(m_waiting->text().isEmpty() ? tr("No packet waits") : m_waiting->text());
    refreshConditions();
    refreshKernel();
}

void LinkStrip::refreshConditions()
{
    const QString rules = LinkRules::text(LinkRules::conditions(m_link.rules()));
    QString name = tr("Own Rules");
    const auto conditions = m_conditions->actions();
    for (QAction *action : conditions) {
        const bool isIt = action->data().toString() == rules;
        action->setChecked(isIt);
        name = isIt ? action->iconText() : name;
    }
    m_condition->setText(name);
    m_condition->setAccessibleName(tr("Conditions: %1").arg(name));
    m_condition->setToolTip(rules.isEmpty() ? tr("What the network is like") : rules);
}

void LinkStrip::refreshKernel()
{
    setToolTip(m_link.settings().join(u'\n'));
    m_patient->setChecked(m_link.isPatient());
    const QStringList &allowed = m_link.congestionControls();
    if (m_congestionMenu->actions().size() != allowed.size()) {
        m_congestionMenu->clear();
        for (const QString &name : allowed) {
            QAction *action =
                m_congestionMenu->addAction(name, this, [this, name] { m_link.setCongestionControl(name); });
            action->setCheckable(true);
        }
    }
    const auto actions = m_congestionMenu->actions();
    for (QAction *action : actions)
        action->setChecked(action->text() == m_link.congestionControl());
}

QString LinkStrip::waitingText() const
{
    QStringList texts;
    if (const qsizetype held = m_link.heldCount(); held > 0)
        texts.append(held == 1 ? tr("1 packet waits") : tr("%1 packets wait").arg(QLocale().toString(held)));
    for (const QString &next : m_link.losingNext())
        texts.append(tr("the next %1 will be lost", "for example: client data").arg(next));
    if (m_link.isPatient())
        texts.append(tr("patient timers"));
    if (m_link.heldCount() > 0 && !m_kernelTimers.isEmpty())
        texts.append(m_kernelTimers);
    return texts.join(QStringLiteral(", "));
}

#include "moc_linkstrip.cpp"

// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "guide.h"

#include "guidewindow.h"

#include <QShortcut>

#include <array>

namespace {

struct PageAbout {
    const char *className;
    const char *page;
};

// A class that another one derives from comes after it.
constexpr std::array pages{PageAbout{"DetailsPanel", "sessions#details"},
                           PageAbout{"LogPane", "sessions"},
                           PageAbout{"SequencePane", "captures#sequence"},
                           PageAbout{"CapturePanel", "capturing"},
                           PageAbout{"WirePane", "captures#wire"},
                           PageAbout{"StreamPane", "captures#stream"},
                           PageAbout{"MessageRow", "messages"},
                           PageAbout{"MessageEdit", "messages"},
                           PageAbout{"RepeatDialog", "messages#other-ways-to-send"},
                           PageAbout{"PresetsWindow", "messages#presets"},
                           PageAbout{"RulesWindow", "replies"},
                           PageAbout{"SocketDialog", "first-conversation#more-settings"},
                           PageAbout{"WatchForm", "captures#watch-a-port"},
                           PageAbout{"LinkRulesDialog", "lab#the-network-between-the-two-ends"},
                           PageAbout{"LinkStrip", "lab#the-network-by-hand"},
                           PageAbout{"ConversationForm", "first-conversation"},
                           PageAbout{"StatusLine", "troubleshooting"},
                           PageAbout{"CaptureWindow", "captures"},
                           PageAbout{"SessionWindow", "sessions"}};

} // namespace

QString Guide::pageAbout(const QWidget *widget)
{
    for (; widget; widget = widget->parentWidget()) {
        for (const PageAbout &page : pages) {
            if (widget->inherits(page.className))
                return QLatin1StringView(page.page);
        }
    }
    return QStringLiteral("index");
}

void Guide::show(QWidget &from, const QString &page)
{
    QWidget *main = from.window();
    while (main->parentWidget())
        main = main->parentWidget()->window();
    auto *guide = main->findChild<GuideWindow *>();
    if (!guide)
        guide = new GuideWindow(main);
    guide->showPage(page);
}

void Guide::showAboutFocus(QWidget &window)
{
    const QWidget *focused = window.focusWidget();
    show(window, pageAbout(focused ? focused : &window));
}

void Guide::addHelpKey(QWidget &window, const QString &page)
{
    auto *key = new QShortcut(QKeySequence::HelpContents, &window);
    QObject::connect(key, &QShortcut::activated, &window, [&window, page] {
        if (page.isEmpty())
            showAboutFocus(window);
        else
            show(window, page);
    });
}

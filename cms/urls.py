"""The home page, and the mails of the demo. Every other page of the site is Wagtail's; see config/urls.py."""

from django.urls import path

from cms.demo import mail_box
from cms.home import views

urlpatterns = [
    path("", views.home, name="home"),
    path("demo/mail/", mail_box.mails, name="demo_mail"),
    path("demo/mail/<str:name>/<int:number>/", mail_box.mail, name="demo_mail_one"),
    path("demo/mail/<str:name>/<int:number>/pagina/", mail_box.page, name="demo_mail_page"),
    path("demo/mail/<str:name>/<int:number>/<int:part>/", mail_box.attachment, name="demo_mail_attachment"),
]

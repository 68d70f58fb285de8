app_name = "rostering"
urlpatterns = []
